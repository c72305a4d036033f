//! Pods that share the node's process namespace.

use crate::workload::c0038_host_pid_ipc_privileges::report_shared;
use ks_control::{Check, Rule, WORKLOADS};

pub(crate) static RULES: &[&Rule] = &[&HOST_PID];

static HOST_PID: Rule =
    Rule::new("host-pid-privileges", WORKLOADS, Check::Pod(|pod, _, sink| report_shared(pod, "hostPID", sink)));
