//! Pods open beyond the cluster with a vulnerability that lets a caller run code.

use crate::supply_chain::vulnerabilities::{self, EXPOSED_PODS, Exposed};
use ks_control::{Cluster, Context, Rule, Sink};
use ks_object::Node;

pub(crate) static RULES: &[&Rule] = &[&EXPOSED];

static EXPOSED: Rule = vulnerabilities::rule("exposed-rce-pods", EXPOSED_PODS, run);

fn run<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    let exposed = Exposed::of(cluster);
    vulnerabilities::judge(cluster, sink, |pod| exposed.has(pod), |found| found.items().any(runs_code));
}

fn runs_code(vulnerability: Node<'_>) -> bool {
    vulnerability.at(&["categories", "isRce"]).is_some_and(|flag| flag.is(true))
}
