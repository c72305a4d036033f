//! Containers without CPU request.

use super::resources::CPU_REQUEST;
use ks_control::{Check, Context, Needs, Rule, Sink, WORKLOADS};
use ks_object::Pod;

pub(crate) static RULES: &[&Rule] = &[&CPU_REQUESTS];

static CPU_REQUESTS: Rule =
    Rule { needs: Needs::NameAndContainer, ..Rule::new("resources-cpu-requests", WORKLOADS, Check::Pod(cpu_requests)) };

fn cpu_requests<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    for container in pod.containers() {
        CPU_REQUEST.require(container, sink);
    }
}
