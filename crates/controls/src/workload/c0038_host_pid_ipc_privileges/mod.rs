//! Pods that share the node's process or IPC namespace.

use ks_control::{Check, Context, Finding, Rule, Sink, WORKLOADS};
use ks_object::Pod;

pub(crate) static RULES: &[&Rule] = &[&HOST_PID_IPC];

static HOST_PID_IPC: Rule = Rule::new("host-pid-ipc-privileges", WORKLOADS, Check::Pod(host_pid_ipc));

fn host_pid_ipc<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    report_shared(pod, "hostPID", sink);
    report_shared(pod, "hostIPC", sink);
}

/// Reports a pod that shares this namespace of its node.
pub(crate) fn report_shared<'a>(pod: &Pod<'a>, key: &str, sink: &mut Sink<'a>) {
    if let Some(field) = pod.get(key).filter(|field| field.is(true)) {
        sink.push(Finding::new().delete(field.path()));
    }
}
