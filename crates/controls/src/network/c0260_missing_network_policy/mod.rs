//! Workloads that no network policy selects.

use crate::network::policies::{POLICIES, SELECTING, selectors};
use ks_control::{Check, Cluster, Context, Finding, Match, Rule, Sink, WORKLOADS};

pub(crate) static RULES: &[&Rule] = &[&NETWORK_POLICY_CONFIGURED];

static NETWORK_POLICY_CONFIGURED: Rule =
    Rule::new("ensure_network_policy_configured_in_labels", MATCHES, Check::Join { reads: SELECTING, run: unselected });

/// ConfigMaps are counted and always pass.
static MATCHES: &[Match] =
    &[WORKLOADS[0], Match::new(&[""], &["v1"], &["ConfigMap"]), WORKLOADS[1], WORKLOADS[2], POLICIES[0], POLICIES[1]];

fn unselected<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    let policies = selectors(cluster, |_| true);
    for workload in cluster.workloads() {
        if !policies.any(workload.namespace_or_default(), workload.template_labels()) {
            sink.push_on(workload, Finding::new());
        }
    }
}
