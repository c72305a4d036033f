//! Agent sandboxes that share the node's kernel.

use super::sandbox::{self, SANDBOX_TEMPLATE};
use ks_control::{Check, Context, Finding, Rule, Sink};
use ks_object::{Node, Object, Path};

const APPROVED: &str = "hardenedSandboxRuntimeClasses";

pub(crate) static RULES: &[&Rule] = &[&HARDENED_RUNTIME_CLASS];

static HARDENED_RUNTIME_CLASS: Rule = Rule {
    inputs: &[APPROVED],
    ..Rule::new("agent-sandbox-hardened-runtime-class", SANDBOX_TEMPLATE, Check::Object(hardened_runtime_class))
};

fn hardened_runtime_class<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let class = sandbox::spec(object).and_then(|spec| spec.get("runtimeClassName")).map_or("", Node::text);
    // Without the input nothing is said about which classes are good: naming any will do.
    let approved = ctx.inputs.get(APPROVED).is_none_or(|classes| classes.iter().any(|one| one == class));
    if class.is_empty() || !approved {
        sink.push(Finding::new().failed(Path::verbatim("spec.podTemplate.spec.runtimeClassName")));
    }
}
