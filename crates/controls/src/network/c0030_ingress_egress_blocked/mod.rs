//! Workloads to which no network policy with a direction applies.

use crate::network::policies::{DIRECTED, POLICIES, is_directed, selectors};
use ks_control::{Check, Cluster, Context, Finding, Match, Rule, Sink, WORKLOADS};

pub(crate) static RULES: &[&Rule] = &[&INGRESS_AND_EGRESS_BLOCKED];

static INGRESS_AND_EGRESS_BLOCKED: Rule =
    Rule::new("ingress-and-egress-blocked", MATCHES, Check::Join { reads: DIRECTED, run: unrestricted });

static MATCHES: &[Match] = &[WORKLOADS[0], WORKLOADS[1], WORKLOADS[2], POLICIES[0], POLICIES[1]];

fn unrestricted<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    let policies = selectors(cluster, is_directed);
    for workload in cluster.workloads() {
        if !policies.any(workload.namespace_or_default(), workload.template_labels()) {
            sink.push_on(workload, Finding::new());
        }
    }
}
