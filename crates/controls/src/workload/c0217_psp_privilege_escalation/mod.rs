//! Pod security policies that all let pods have privilege escalation.

use crate::workload::pod_security_policies::{report_allowed, rule};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&ESCALATION];

static ESCALATION: Rule =
    rule("psp-deny-allowprivilegeescalation", &["spec.allowPrivilegeEscalation"], |cluster, _, sink| {
        report_allowed("allowPrivilegeEscalation", cluster, sink)
    });
