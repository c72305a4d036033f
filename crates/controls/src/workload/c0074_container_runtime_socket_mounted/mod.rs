//! Pods that mount the socket of a container runtime.

use crate::workload::host_paths;
use ks_control::{Check, Context, Rule, Sink, WORKLOADS};
use ks_object::{Node, Pod};

pub(crate) static RULES: &[&Rule] = &[&RUNTIME_SOCKET];

static RUNTIME_SOCKET: Rule = Rule::new("containers-mounting-docker-socket", WORKLOADS, Check::Pod(runtime_socket));

const SOCKETS: &[&str] =
    &["/var/run/docker.sock", "/var/run/docker", "/run/containerd/containerd.sock", "/var/run/crio/crio.sock"];

fn runtime_socket<'a>(pod: &Pod<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let is_socket = |path: Node<'a>| path.str().is_some_and(|path| SOCKETS.contains(&path));
    for (volume, _) in host_paths::volumes(pod).filter(|(_, path)| is_socket(*path)) {
        for container in pod.run_containers().filter(|container| container.volume_mounts.is_some()) {
            host_paths::push_mounted_once(volume, container, ctx, sink);
        }
    }
}
