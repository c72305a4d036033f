//! Containers without memory limit.

use super::resources::MEMORY_LIMIT;
use ks_control::{Check, Context, Needs, Rule, Sink, WORKLOADS};
use ks_object::Pod;

pub(crate) static RULES: &[&Rule] = &[&MEMORY_LIMITS];

static MEMORY_LIMITS: Rule = Rule {
    needs: Needs::NameAndContainer,
    ..Rule::new("resources-memory-limits", WORKLOADS, Check::Pod(memory_limits))
};

fn memory_limits<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    for container in pod.containers() {
        MEMORY_LIMIT.require(container, sink);
    }
}
