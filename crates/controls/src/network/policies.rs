//! What network policies select: NetworkPolicy, CiliumNetworkPolicy, CiliumClusterwideNetworkPolicy.

use super::selectors::{Selector, Selectors};
use ks_control::{Cluster, Match};
use ks_object::{Kind, Node, Object};

/// The kinds of network policy.
pub(crate) const POLICIES: [Match; 2] = [
    Match::new(&["networking.k8s.io"], &["v1"], &["NetworkPolicy"]),
    Match::new(&["cilium.io"], &["v2"], &["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"]),
];

/// The fields that say what a policy selects, and those of workloads that are selected by.
pub(crate) static SELECTING: &[&str] =
    &["$template.metadata.labels", "spec.podSelector", "spec.endpointSelector", "specs.endpointSelector"];

/// [`SELECTING`] and the fields that say in which directions a policy applies.
pub(crate) static DIRECTED: &[&str] = &[
    "$template.metadata.labels",
    "spec.podSelector",
    "spec.policyTypes",
    "spec.endpointSelector",
    "spec.ingress",
    "spec.egress",
    "specs.endpointSelector",
    "specs.ingress",
    "specs.egress",
];

/// The selectors of all policies for which `keep` holds, to be asked by pod labels.
pub(crate) fn selectors<'a>(cluster: &Cluster<'a>, keep: fn(Object<'a>) -> bool) -> Selectors<'a, ()> {
    let kept = |kind| cluster.kind(kind).iter().copied().filter(move |policy| keep(*policy));
    let plain = kept("NetworkPolicy").filter_map(|policy| {
        let selector = pod_selector(policy.at(&["spec", "podSelector"])?)?;
        Some((Some(policy.namespace_or_default()), selector, ()))
    });
    let cilium = kept("CiliumNetworkPolicy").flat_map(|policy| {
        endpoint_selectors(policy).map(move |selector| (Some(policy.namespace_or_default()), selector, ()))
    });
    let clusterwide = kept("CiliumClusterwideNetworkPolicy").flat_map(endpoint_selectors);
    Selectors::new(plain.chain(cilium).chain(clusterwide.map(|selector| (None, selector, ()))))
}

/// Whether a policy applies to ingress or egress traffic.
pub(crate) fn is_directed(policy: Object<'_>) -> bool {
    if policy.kind() == "NetworkPolicy" {
        let types = policy.at(&["spec", "policyTypes"]);
        return types.is_some_and(|types| types.contains("Ingress") || types.contains("Egress"));
    }
    entries(policy).any(has_direction)
}

/// Whether an entry of a Cilium policy applies to ingress or egress traffic.
pub(crate) fn has_direction(entry: Node<'_>) -> bool {
    ["ingress", "egress"].iter().any(|key| entry.get(key).is_some_and(Node::truthy))
}

/// The entries of a Cilium policy: `spec`, then each of `specs`.
pub(crate) fn entries(policy: Object<'_>) -> impl Iterator<Item = Node<'_>> {
    let specs = policy.at(&["specs"]);
    policy.at(&["spec"]).into_iter().chain(specs.into_iter().flat_map(Node::items))
}

/// What an entry of a Cilium policy selects; `None` for nothing. Expressions are not looked at; an entry that has
/// nothing else is taken to select nothing.
pub(crate) fn endpoint_selector(entry: Node<'_>) -> Option<Selector<'_>> {
    let selector = entry.get("endpointSelector")?;
    let filled = |key| selector.get(key).filter(|value| !value.is_empty());
    match (filled("matchLabels"), filled("matchExpressions")) {
        (Some(labels), _) => Some(Selector::Labels(labels)),
        (None, Some(_)) => None,
        (None, None) => Some(Selector::Everything),
    }
}

fn endpoint_selectors(policy: Object<'_>) -> impl Iterator<Item = Selector<'_>> {
    entries(policy).filter_map(endpoint_selector)
}

/// What a `podSelector` selects; `None` for nothing. Only its `matchLabels` are looked at.
fn pod_selector(selector: Node<'_>) -> Option<Selector<'_>> {
    if selector.kind() != Kind::Map {
        return None;
    }
    if selector.is_empty() { Some(Selector::Everything) } else { selector.get("matchLabels").map(Selector::Labels) }
}
