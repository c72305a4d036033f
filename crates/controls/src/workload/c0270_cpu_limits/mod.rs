//! Containers without CPU limit.

use super::resources::CPU_LIMIT;
use ks_control::{Check, Context, Needs, Rule, Sink, WORKLOADS};
use ks_object::Pod;

pub(crate) static RULES: &[&Rule] = &[&CPU_LIMITS];

static CPU_LIMITS: Rule =
    Rule { needs: Needs::NameAndContainer, ..Rule::new("resources-cpu-limits", WORKLOADS, Check::Pod(cpu_limits)) };

fn cpu_limits<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    for container in pod.containers() {
        CPU_LIMIT.require(container, sink);
    }
}
