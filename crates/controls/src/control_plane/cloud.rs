//! Descriptions of managed clusters, as the provider's API gives them.

use ks_control::{Check, Context, External, Finding, Match, Needs, Rule, Sink};
use ks_object::{Node, Object};

/// A description from any of the three providers.
pub(crate) static ANY: &[Match] = &[Match::new(&[AKS, EKS, GKE], &["v1"], &["ClusterDescribe"])];

/// A description from Amazon or Google.
pub(crate) static EKS_OR_GKE: &[Match] = &[Match::new(&[EKS, GKE], &["v1"], &["ClusterDescribe"])];

const AKS: &str = "management.azure.com";
const EKS: &str = "eks.amazonaws.com";
const GKE: &str = "container.googleapis.com";

/// Who runs the cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Provider {
    /// Azure.
    Aks,
    /// Amazon.
    Eks,
    /// Google.
    Gke,
}

/// A rule over descriptions.
pub(crate) const fn rule(
    name: &'static str,
    matches: &'static [Match],
    check: for<'a> fn(Object<'a>, &Context, &mut Sink<'a>),
) -> Rule {
    Rule { needs: Needs::Nothing, ..Rule::new(name, matches, Check::Object(check)) }
}

/// The provider and its answer; `None` when the object does not say the same provider in its group and metadata.
pub(crate) fn description<'a>(object: Object<'a>) -> Option<(Provider, Node<'a>)> {
    let (provider, name) = match object.group() {
        AKS => (Provider::Aks, "aks"),
        EKS => (Provider::Eks, "eks"),
        GKE => (Provider::Gke, "gke"),
        _ => return None,
    };
    let named = object.node().str_at(&["metadata", "provider"]) == Some(name);
    Some((provider, object.at(&["data"]).filter(|_| named)?))
}

/// The cluster fails: a copy of its description stands for it.
pub(crate) fn fail(object: Object<'_>, finding: Finding, sink: &mut Sink<'_>) {
    sink.push_external(External::copy_of(object), finding);
}
