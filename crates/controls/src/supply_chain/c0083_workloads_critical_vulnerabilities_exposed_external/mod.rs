//! Pods open beyond the cluster with a critical vulnerability in an image.

use crate::supply_chain::vulnerabilities::{self, EXPOSED_PODS, Exposed};
use ks_control::{Cluster, Context, Rule, Sink};
use ks_object::Node;

pub(crate) static RULES: &[&Rule] = &[&EXPOSED];

static EXPOSED: Rule = vulnerabilities::rule("exposed-critical-pods", EXPOSED_PODS, run);

fn run<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    let exposed = Exposed::of(cluster);
    vulnerabilities::judge(cluster, sink, |pod| exposed.has(pod), |found| found.items().any(is_critical));
}

fn is_critical(vulnerability: Node<'_>) -> bool {
    vulnerability.str_at(&["severity"]) == Some("Critical")
}
