//! What of the kernel a pod gets to see and set.

use ks_control::{Check, Cluster, Context, Finding, Gate, Gating, Match, Rule, Sink, WORKLOADS};
use ks_object::{Node, Object, Pod};

/// Only where the API server has the feature enabled; what it runs with is known from host data.
pub(super) static PROC_MOUNT: Rule = Rule {
    gate: Some(Gating {
        matches: &[Match::new(&["hostdata.kubescape.cloud"], &["v1beta0"], &["ControlPlaneInfo"])],
        reads: &["data.APIServerInfo.cmdLine"],
        ask: proc_mount_enabled,
    }),
    ..Rule::new("set-procmount-default", WORKLOADS, Check::Pod(proc_mount))
};

pub(super) static SYSCTLS: Rule = Rule::new("set-sysctls-params", WORKLOADS, Check::Pod(sysctls));

/// Sysctls that are namespaced and harmless to other pods of the node.
const SAFE_SYSCTLS: &[&str] = &[
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.ping_group_range",
    "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_wmem",
];

fn proc_mount_enabled(cluster: &Cluster<'_>, _: &Context) -> Gate {
    let enabled = |info: Object<'_>| {
        let flags = info.at(&["data", "APIServerInfo", "cmdLine"]).and_then(Node::str).unwrap_or_default();
        flags.contains("--feature-gates=") && flags.split(' ').any(|flag| flag.contains("ProcMountType=true"))
    };
    if cluster.objects().any(enabled) { Gate::Stands } else { Gate::AllPass }
}

/// A container without security context is left alone, as it has the default mount.
fn proc_mount<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    for container in pod.containers().filter(|container| container.security_context.is_some()) {
        if container.security("procMount").and_then(Node::str) != Some("Default") {
            let path = container.path().fields("securityContext.procMount");
            sink.push(Finding::new().set(path, "Default"));
        }
    }
}

fn sysctls<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    let Some(sysctls) = pod.security_context().and_then(|it| it.get("sysctls")) else { return };
    let is_unsafe = |name: Node<'_>| !name.str().is_some_and(|name| SAFE_SYSCTLS.contains(&name));
    if sysctls.items().filter_map(|sysctl| sysctl.get("name")).any(is_unsafe) {
        sink.push(Finding::new().failed(sysctls.path()).set(sysctls.path(), "REMOVE_UNSAFE_SYSCTLS"));
    }
}
