//! Agent sandboxes without CPU or memory limit, or with one above the configured ceiling.

use super::resources::{Amount, SANDBOX_CPU_LIMIT, SANDBOX_MEMORY_LIMIT};
use super::sandbox::{self, SANDBOX_TEMPLATE};
use ks_control::{Check, Context, Needs, Rule, Sink};
use ks_object::{List, Object};

pub(crate) static RULES: &[&Rule] = &[&CPU_LIMITS, &MEMORY_LIMITS];

static CPU_LIMITS: Rule = Rule {
    needs: Needs::NameAndContainer,
    inputs: &["sandbox_cpu_limit_max"],
    ..Rule::new("resources-sandbox-cpu-limits", SANDBOX_TEMPLATE, Check::Object(cpu_limits))
};

static MEMORY_LIMITS: Rule = Rule {
    needs: Needs::NameAndContainer,
    inputs: &["sandbox_memory_limit_max"],
    ..Rule::new("resources-sandbox-memory-limits", SANDBOX_TEMPLATE, Check::Object(memory_limits))
};

fn cpu_limits<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    limits(object, &SANDBOX_CPU_LIMIT, ctx, sink);
}

fn memory_limits<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    limits(object, &SANDBOX_MEMORY_LIMIT, ctx, sink);
}

fn limits<'a>(object: Object<'a>, limit: &Amount, ctx: &Context, sink: &mut Sink<'a>) {
    for container in sandbox::containers(object, List::Main) {
        limit.require(&container, sink);
        limit.bound(&container, &ctx.inputs, sink);
    }
}
