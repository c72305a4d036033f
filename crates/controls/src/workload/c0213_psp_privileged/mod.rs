//! Pod security policies that all let pods have privileged containers.

use crate::workload::pod_security_policies::{report_allowed, rule};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&PRIVILEGED];

static PRIVILEGED: Rule = rule("psp-deny-privileged-container", &["spec.privileged"], |cluster, _, sink| {
    report_allowed("privileged", cluster, sink)
});
