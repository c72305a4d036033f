//! Host directories that a container may write to.

use ks_control::{Check, Context, Finding, Rule, Sink, WORKLOADS};
use ks_object::{Node, Pod};

pub(crate) static RULES: &[&Rule] = &[&WRITABLE_HOST_PATH];

static WRITABLE_HOST_PATH: Rule = Rule::new("alert-rw-hostpath", WORKLOADS, Check::Pod(writable_host_path));

fn writable_host_path<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    for volume in pod.volumes().filter(|volume| volume.get("hostPath").is_some_and(Node::truthy)) {
        let Some(name) = volume.str_at(&["name"]) else { continue };
        for mount in pod.run_containers().flat_map(|container| container.mounts_of(name)) {
            if !mount.get("readOnly").is_some_and(|field| field.is(true)) {
                sink.push(Finding::new().about(name).set(mount.path().key("readOnly"), "true"));
            }
        }
    }
}
