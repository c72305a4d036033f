//! The level of Pod Security Admission that namespaces enforce. CIS has a dozen controls that all ask for it.

use ks_control::{Check, Counts, Finding, NAMESPACE, Rule, Sink};
use ks_object::{Object, Path};

/// The label that says the level.
pub(crate) const ENFORCE: &str = "pod-security.kubernetes.io/enforce";

/// Namespaces that enforce less than `baseline`. The two rules are one under two names.
pub(crate) static BASELINE: &[&Rule] =
    &[&baseline("pod-security-admission-baseline-applied-1"), &baseline("pod-security-admission-baseline-applied-2")];

/// Namespaces that enforce less than `restricted`. The two rules are one under two names.
pub(crate) static RESTRICTED: &[&Rule] = &[
    &restricted("pod-security-admission-restricted-applied-1"),
    &restricted("pod-security-admission-restricted-applied-2"),
];

/// Namespaces that comply are counted in strict mode alone.
const fn baseline(name: &'static str) -> Rule {
    let check = Check::Object(|namespace, _, sink| report_below(namespace, "baseline", sink));
    let counts = Counts::If(|namespace, ctx| ctx.strict || !enforces(namespace, "baseline"));
    Rule { counts, ..Rule::new(name, NAMESPACE, check) }
}

const fn restricted(name: &'static str) -> Rule {
    let check = Check::Object(|namespace, _, sink| report_below(namespace, "restricted", sink));
    let counts = Counts::If(|namespace, ctx| ctx.strict || !enforces(namespace, "restricted"));
    Rule { counts, ..Rule::new(name, NAMESPACE, check) }
}

fn report_below(namespace: Object<'_>, level: &str, sink: &mut Sink<'_>) {
    if !enforces(namespace, level) {
        sink.push(Finding::new().set(label(), level));
    }
}

/// Whether a namespace enforces this level or the strictest one.
fn enforces(namespace: Object<'_>, level: &str) -> bool {
    let enforced = namespace.labels().and_then(|labels| labels.str_at(&[ENFORCE]));
    enforced.is_some_and(|enforced| enforced == level || enforced == "restricted")
}

/// The path of the label.
pub(crate) fn label() -> Path {
    Path::root().fields("metadata.labels").bracket(ENFORCE)
}
