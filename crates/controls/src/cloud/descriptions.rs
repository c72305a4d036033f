//! Managed clusters and what belongs to them, as the provider's API describes them.

use ks_control::{Check, ClusterCheck, Context, External, Finding, Match, Needs, Rule, Sink};
use ks_object::{Node, Object};

/// A description from any of the three providers.
pub(crate) static ANY: &[Match] = &[Match::new(&[AKS, EKS, GKE], &["v1"], &["ClusterDescribe"])];

/// A description from Amazon or Google.
pub(crate) static EKS_OR_GKE: &[Match] = &[Match::new(&[EKS, GKE], &["v1"], &["ClusterDescribe"])];

/// A description from Azure.
pub(crate) static AKS_CLUSTER: &[Match] = &[Match::new(&[AKS], &["v1"], &["ClusterDescribe"])];

/// A description from Amazon.
pub(crate) static EKS_CLUSTER: &[Match] = &[Match::new(&[EKS], &["v1"], &["ClusterDescribe"])];

/// The group of what Azure says.
pub(crate) const AKS: &str = "management.azure.com";

/// The group of what Amazon says.
pub(crate) const EKS: &str = "eks.amazonaws.com";

/// The group of what Google says.
pub(crate) const GKE: &str = "container.googleapis.com";

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

/// A rule over answers that only together tell something; they are kept whole.
pub(crate) const fn join(name: &'static str, matches: &'static [Match], run: ClusterCheck) -> Rule {
    Rule { needs: Needs::Nothing, ..Rule::new(name, matches, Check::Join { reads: &["*"], run }) }
}

/// Who answered; `None` when the object does not say the same provider in its group and metadata.
pub(crate) fn provider(object: Object<'_>) -> Option<Provider> {
    let (provider, name) = match object.group() {
        AKS => (Provider::Aks, "aks"),
        EKS => (Provider::Eks, "eks"),
        GKE => (Provider::Gke, "gke"),
        _ => return None,
    };
    (object.node().str_at(&["metadata", "provider"]) == Some(name)).then_some(provider)
}

/// The provider and its answer.
pub(crate) fn description<'a>(object: Object<'a>) -> Option<(Provider, Node<'a>)> {
    Some((provider(object)?, object.at(&["data"])?))
}

/// Azure's answer.
pub(crate) fn aks<'a>(object: Object<'a>) -> Option<Node<'a>> {
    description(object).filter(|(provider, _)| *provider == Provider::Aks).map(|(_, data)| data)
}

/// Amazon's answer.
pub(crate) fn eks<'a>(object: Object<'a>) -> Option<Node<'a>> {
    description(object).filter(|(provider, _)| *provider == Provider::Eks).map(|(_, data)| data)
}

/// Whether a switch is on.
pub(crate) fn is_on(data: Node<'_>, keys: &[&str]) -> bool {
    data.at(keys).is_some_and(|switch| switch.is(true))
}

/// Whatever a provider says here is for a person to review: its answer fails.
pub(crate) fn review_all(object: Object<'_>, sink: &mut Sink<'_>) {
    if provider(object).is_some() {
        fail(object, Finding::new(), sink);
    }
}

/// The cluster fails: a copy of the provider's answer stands for it.
pub(crate) fn fail(object: Object<'_>, finding: Finding, sink: &mut Sink<'_>) {
    sink.push_external(External::copy_of(object), finding);
}
