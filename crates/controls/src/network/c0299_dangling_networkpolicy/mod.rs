//! NetworkPolicies that select no workload.

use crate::network::c0293_service_no_workload::pods;
use crate::network::policies::POLICIES;
use crate::network::selectors::{Selector, Selectors};
use ks_control::{Check, Cluster, Context, Finding, Match, Rule, Sink, WORKLOADS_AND_RC};
use ks_object::selector_is_empty;

pub(crate) static RULES: &[&Rule] = &[&DANGLING_NETWORK_POLICY];

static DANGLING_NETWORK_POLICY: Rule =
    Rule::new("dangling-networkpolicy", MATCHES, Check::Join { reads: READS, run: dangling });

static MATCHES: &[Match] = &[POLICIES[0], WORKLOADS_AND_RC[0], WORKLOADS_AND_RC[1], WORKLOADS_AND_RC[2]];
static READS: &[&str] = &["$template.metadata.labels", "spec.podSelector"];

fn dangling<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    let policies = cluster.kind("NetworkPolicy").iter().filter_map(|policy| {
        let selector = policy.at(&["spec", "podSelector"]).filter(|selector| !selector_is_empty(*selector))?;
        Some((Some(policy.namespace_or_default()), Selector::Full(selector), (*policy, selector)))
    });
    for (policy, selector) in Selectors::new(policies).idle(pods(cluster)) {
        sink.push_on(policy, Finding::new().failed(selector.path()));
    }
}
