//! Pods that share the node's IPC namespace.

use crate::workload::c0038_host_pid_ipc_privileges::report_shared;
use ks_control::{Check, Rule, WORKLOADS};

pub(crate) static RULES: &[&Rule] = &[&HOST_IPC];

static HOST_IPC: Rule =
    Rule::new("host-ipc-privileges", WORKLOADS, Check::Pod(|pod, _, sink| report_shared(pod, "hostIPC", sink)));
