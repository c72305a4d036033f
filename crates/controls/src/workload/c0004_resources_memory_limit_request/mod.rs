//! Containers whose memory request or limit is missing or out of the configured range.

use super::resources::{MEMORY_LIMIT, MEMORY_REQUEST};
use ks_control::{Check, Context, Needs, Rule, Sink, WORKLOADS};
use ks_object::Pod;

pub(crate) static RULES: &[&Rule] = &[&MEMORY_LIMIT_AND_REQUEST];

static MEMORY_LIMIT_AND_REQUEST: Rule = Rule {
    needs: Needs::NameAndContainer,
    inputs: &["memory_limit_max", "memory_limit_min", "memory_request_max", "memory_request_min"],
    ..Rule::new("resources-memory-limit-and-request", WORKLOADS, Check::Pod(memory_limit_and_request))
};

fn memory_limit_and_request<'a>(pod: &Pod<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    for container in pod.containers() {
        for amount in [MEMORY_REQUEST, MEMORY_LIMIT] {
            amount.require(container, sink);
            amount.bound(container, &ctx.inputs, sink);
        }
    }
}
