//! Pod security policies that all let pods have their node's IPC namespace.

use crate::workload::pod_security_policies::{report_allowed, rule};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&HOST_IPC];

static HOST_IPC: Rule =
    rule("psp-deny-hostipc", &["spec.hostIPC"], |cluster, _, sink| report_allowed("hostIPC", cluster, sink));
