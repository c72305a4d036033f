//! Containers without memory request.

use super::resources::MEMORY_REQUEST;
use ks_control::{Check, Context, Needs, Rule, Sink, WORKLOADS};
use ks_object::Pod;

pub(crate) static RULES: &[&Rule] = &[&MEMORY_REQUESTS];

static MEMORY_REQUESTS: Rule = Rule {
    needs: Needs::NameAndContainer,
    ..Rule::new("resources-memory-requests", WORKLOADS, Check::Pod(memory_requests))
};

fn memory_requests<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    for container in pod.containers() {
        MEMORY_REQUEST.require(container, sink);
    }
}
