//! Which Services send traffic to which workloads.

use super::selectors::{Selector, Selectors};
use ks_control::{External, Match, SERVICE, WORKLOADS};
use ks_object::{Kind, Node, Object};
use serde_json::{Map, Value};
use std::collections::HashSet;

/// At most so many ways to reach one workload are listed. It fails by the first; listing every pair of thousands of
/// workloads and Services that all have the same label would help nobody.
pub(crate) const WAYS: usize = 20;

/// Workloads and Services.
pub(crate) static WORKLOADS_AND_SERVICES: &[Match] = &[WORKLOADS[0], WORKLOADS[1], WORKLOADS[2], SERVICE[0]];

/// Services by their selectors. Those without a selector select nothing and are left out.
pub(crate) fn by_selector<'a, T>(
    services: impl IntoIterator<Item = (Object<'a>, T)>,
) -> Selectors<'a, T> {
    Selectors::new(services.into_iter().filter_map(|(service, item)| {
        let selector = selector(service)?;
        Some((Some(service.namespace_or_default()), Selector::Labels(selector), item))
    }))
}

/// The selector of a Service, when it is a map.
pub(crate) fn selector(service: Object<'_>) -> Option<Node<'_>> {
    service.at(&["spec", "selector"]).filter(|selector| selector.kind() == Kind::Map)
}

/// Whether a Service opens a port to the world outside of the cluster by itself.
pub(crate) fn is_exposed(service: Object<'_>) -> bool {
    matches!(service.node().str_at(&["spec", "type"]), Some("NodePort" | "LoadBalancer"))
}

/// The labels by which Services find the pods of a workload; of a CronJob only with `strict`.
pub(crate) fn pod_labels(workload: Object<'_>, strict: bool) -> Option<Node<'_>> {
    if workload.kind() == "CronJob" && !strict {
        return None;
    }
    workload.template_labels()
}

/// `spec.selector.matchLabels` of a workload.
pub(crate) fn match_labels(workload: Object<'_>) -> Option<Node<'_>> {
    workload.at(&["spec", "selector", "matchLabels"])
}

/// A workload as the subject of a finding together with Services, for rules that report the pair.
pub(crate) fn pair(workload: Object<'_>, services: Vec<u32>, related_is_object: bool) -> External {
    let fields = [
        ("kind", Some(workload.kind())),
        ("name", workload.name()),
        ("namespace", workload.namespace()),
    ];
    let body: Map<String, Value> =
        fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), Value::from(value?)))).collect();
    External { body, related: services, related_is_object }
}

/// The namespaces and names of objects, for references that must lead to one.
pub(crate) fn known<'a>(objects: &[Object<'a>]) -> HashSet<(&'a str, &'a str)> {
    objects.iter().filter_map(|object| Some((object.namespace_or_default(), object.name()?))).collect()
}
