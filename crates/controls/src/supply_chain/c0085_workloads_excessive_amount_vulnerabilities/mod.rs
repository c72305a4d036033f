//! Pods with more critical or high vulnerabilities in an image than is allowed.

use crate::supply_chain::vulnerabilities::{self, PODS};
use ks_control::{Cluster, Context, Rule, Sink};
use ks_object::Node;

pub(crate) static RULES: &[&Rule] = &[&TOO_MANY];

static TOO_MANY: Rule = Rule {
    inputs: &["max_critical_vulnerabilities", "max_high_vulnerabilities"],
    ..vulnerabilities::rule("excessive_amount_of_vulnerabilities_pods", PODS, run)
};

fn run<'a>(cluster: &Cluster<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let (critical, high) = (limit(ctx, "max_critical_vulnerabilities"), limit(ctx, "max_high_vulnerabilities"));
    let above = |found: Node<'_>, severity: &str, limit: Option<f64>| {
        let count = found.items().filter(|one| one.str_at(&["severity"]) == Some(severity)).count();
        limit.is_some_and(|limit| count as f64 > limit)
    };
    // The copy that stands for a pod names its namespace, so without strictness a pod without one is left out.
    let takes = |pod: &ks_object::Object<'_>| ctx.strict || pod.name().is_some() && pod.namespace().is_some();
    vulnerabilities::judge(cluster, sink, takes, |found| {
        above(found, "Critical", critical) || above(found, "High", high)
    });
}

/// The lowest of the numbers that an input gives: one that is exceeded is enough.
fn limit(ctx: &Context, key: &str) -> Option<f64> {
    ctx.inputs.values(key).iter().filter_map(|value| value.parse().ok()).reduce(f64::min)
}
