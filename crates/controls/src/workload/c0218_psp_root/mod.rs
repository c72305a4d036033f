//! Pod security policies that all let containers run as root.

use crate::workload::pod_security_policies::{report_all, rule};
use ks_control::{Finding, Rule};
use ks_object::{Node, Path};

pub(crate) static RULES: &[&Rule] = &[&ROOT];

static ROOT: Rule = rule("psp-deny-root-container", &["spec.runAsUser"], |cluster, _, sink| {
    report_all(cluster, sink, |policy| {
        let user = policy.at(&["spec", "runAsUser"])?;
        (!excludes_root(user)).then(|| Finding::new().delete(Path::root().fields("spec.runAsUser.rule")))
    });
});

/// One range without 0 is enough, whatever the others say.
fn excludes_root(user: Node<'_>) -> bool {
    let above_zero = |range: Node<'_>| range.get("min").and_then(Node::float).is_some_and(|min| min > 0.0);
    match user.str_at(&["rule"]) {
        Some("MustRunAsNonRoot") => true,
        Some("MustRunAs") => user.get("ranges").is_some_and(|ranges| ranges.items().any(above_zero)),
        _ => false,
    }
}
