//! Pod security policies that all let pods have their node's network.

use crate::workload::pod_security_policies::{report_allowed, rule};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&HOST_NETWORK];

static HOST_NETWORK: Rule = rule("psp-deny-hostnetwork", &["spec.hostNetwork"], |cluster, _, sink| {
    report_allowed("hostNetwork", cluster, sink)
});
