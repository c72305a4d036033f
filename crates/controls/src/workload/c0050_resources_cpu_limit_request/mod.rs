//! Containers whose CPU request or limit is missing or out of the configured range.

use super::resources::{CPU_LIMIT, CPU_REQUEST};
use ks_control::{Check, Context, Needs, Rule, Sink, WORKLOADS};
use ks_object::Pod;

pub(crate) static RULES: &[&Rule] = &[&CPU_LIMIT_AND_REQUEST];

static CPU_LIMIT_AND_REQUEST: Rule = Rule {
    needs: Needs::NameAndContainer,
    inputs: &["cpu_limit_max", "cpu_limit_min", "cpu_request_max", "cpu_request_min"],
    ..Rule::new("resources-cpu-limit-and-request", WORKLOADS, Check::Pod(cpu_limit_and_request))
};

fn cpu_limit_and_request<'a>(pod: &Pod<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    for container in pod.containers() {
        for amount in [CPU_REQUEST, CPU_LIMIT] {
            amount.require(container, sink);
            amount.bound(container, &ctx.inputs, sink);
        }
    }
}
