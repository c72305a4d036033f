//! Pod security policies that all let pods have their node's process namespace.

use crate::workload::pod_security_policies::{report_allowed, rule};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&HOST_PID];

static HOST_PID: Rule =
    rule("psp-deny-hostpid", &["spec.hostPID"], |cluster, _, sink| report_allowed("hostPID", cluster, sink));
