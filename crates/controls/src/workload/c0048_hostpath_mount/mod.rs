//! Pods that mount a piece of the node's file system.

use crate::workload::host_paths;
use ks_control::{Check, Context, Rule, Sink, WORKLOADS};
use ks_object::Pod;

pub(crate) static RULES: &[&Rule] = &[&HOST_PATH];

static HOST_PATH: Rule = Rule::new("alert-any-hostpath", WORKLOADS, Check::Pod(host_path));

/// Each container with mounts of its own yields a finding, even one that mounts other volumes only: such findings
/// name the volume alone and are equal, hence one.
fn host_path<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    for (volume, _) in host_paths::volumes(pod) {
        for container in pod.run_containers().filter(|container| container.volume_mounts.is_some()) {
            if let Some(finding) = host_paths::mounted(volume, container) {
                sink.push(finding);
            }
        }
    }
}
