//! Namespaces without any network policy.

use crate::network::policies::{POLICIES, endpoint_selector, entries, has_direction};
use crate::network::selectors::Selector;
use ks_control::{Check, Cluster, Context, Counts, Finding, Match, NAMESPACE, Rule, Sink};
use ks_object::{Node, Object};
use std::collections::HashSet;

pub(crate) static RULES: &[&Rule] = &[&INTERNAL_NETWORKING];

/// C-0054 and C-0206 run it, too.
pub(crate) static INTERNAL_NETWORKING: Rule = Rule {
    counts: Counts::Only(NAMESPACE),
    ..Rule::new("internal-networking", MATCHES, Check::Join { reads: READS, run: open_namespaces })
};

static MATCHES: &[Match] = &[NAMESPACE[0], POLICIES[0], POLICIES[1]];
static READS: &[&str] = &[
    "spec.endpointSelector",
    "spec.enableDefaultDeny",
    "spec.ingress",
    "spec.egress",
    "specs.endpointSelector",
    "specs.enableDefaultDeny",
    "specs.ingress",
    "specs.egress",
];

fn open_namespaces<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    let clusterwide = cluster.kind("CiliumClusterwideNetworkPolicy");
    if clusterwide.iter().any(|policy| entries(*policy).any(restricts_everything)) {
        return;
    }
    let policies = ["NetworkPolicy", "CiliumNetworkPolicy"].into_iter().flat_map(|kind| cluster.kind(kind));
    let restricted: HashSet<&str> = policies.filter_map(Object::namespace).collect();
    for namespace in cluster.kind("Namespace") {
        if !namespace.name().is_some_and(|name| restricted.contains(name)) {
            sink.push_on(*namespace, Finding::new());
        }
    }
}

fn restricts_everything(entry: Node<'_>) -> bool {
    let off = |key| entry.at(&["enableDefaultDeny", key]).is_some_and(|deny| deny.is(false));
    matches!(endpoint_selector(entry), Some(Selector::Everything))
        && !(off("ingress") && off("egress"))
        && has_direction(entry)
}
