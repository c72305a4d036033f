//! The order of the objects in the output.

use crate::error::Fault;
use crate::resource::Resource;
use crate::resources::Resources;
use crate::types::{LegacySortOptions, SortOptions};

/// Kinds that others need, in the order in which they go first.
const FIRST: &[&str] = &[
    "Namespace",
    "ResourceQuota",
    "StorageClass",
    "CustomResourceDefinition",
    "ServiceAccount",
    "PodSecurityPolicy",
    "Role",
    "ClusterRole",
    "RoleBinding",
    "ClusterRoleBinding",
    "ConfigMap",
    "Secret",
    "Endpoints",
    "Service",
    "LimitRange",
    "PriorityClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "Deployment",
    "StatefulSet",
    "CronJob",
    "PodDisruptionBudget",
];

/// Kinds that would refuse others, so they go last.
const LAST: &[&str] = &["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];

/// Sorts the objects; without options, in the order that has always been.
pub(crate) fn apply(resources: &mut Resources, options: Option<&SortOptions>) -> Result<(), Fault> {
    let order = options.map_or("", |options| options.order.as_str());
    let kinds = options.and_then(|options| options.legacy_sort_options.as_ref());
    match (order, kinds) {
        ("fifo", Some(_)) => Err(Fault::new("legacySortOptions have no effect on the order fifo; remove them")),
        ("fifo", None) => Ok(()),
        ("" | "legacy", kinds) => {
            legacy(resources, kinds);
            Ok(())
        }
        (other, _) => Err(Fault::new(format!("{other:?} is no order; use legacy or fifo"))),
    }
}

/// Sorts by rank of the kind, then by group, version, kind, namespace and name.
pub(crate) fn legacy(resources: &mut Resources, kinds: Option<&LegacySortOptions>) {
    let owned = |kinds: &[&str]| kinds.iter().map(|kind| (*kind).to_owned()).collect::<Vec<_>>();
    let (first, last) = match kinds {
        Some(kinds) => (kinds.order_first.clone(), kinds.order_last.clone()),
        None => (owned(FIRST), owned(LAST)),
    };
    resources.list.sort_by_cached_key(|resource| (rank(resource, &first, &last), text(resource)));
}

fn rank(resource: &Resource, first: &[String], last: &[String]) -> (u8, usize) {
    let kind = resource.gvk().kind;
    let at = |kinds: &[String]| kinds.iter().position(|known| *known == kind);
    match (at(first), at(last)) {
        (Some(at), _) => (0, at),
        (None, None) => (1, 0),
        (None, Some(at)) => (2, at),
    }
}

/// What is missing sorts behind what is there.
fn text(resource: &Resource) -> (String, String) {
    let or = |text: &str, none: &str| if text.is_empty() { none.to_owned() } else { text.to_owned() };
    let gvk = resource.gvk();
    let kind = [or(&gvk.group, "~G"), or(&gvk.version, "~V"), or(&gvk.kind, "~K")].join("_");
    (kind, [or(resource.namespace(), "~X"), or(resource.name(), "~N")].join("|"))
}
