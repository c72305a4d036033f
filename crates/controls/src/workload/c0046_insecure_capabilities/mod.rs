//! Containers that add a capability from the list of insecure ones.

use crate::workload::containers::{added_capabilities, hardened, is_ephemeral};
use ks_control::{Check, Context, Finding, Needs, Rule, Sink, WORKLOADS};
use ks_object::{Node, Pod};

pub(crate) static RULES: &[&Rule] = &[&INSECURE_CAPABILITIES];

static INSECURE_CAPABILITIES: Rule = Rule {
    needs: Needs::NameAndContainer,
    inputs: &["insecureCapabilities"],
    ..Rule::new("insecure-capabilities", WORKLOADS, Check::Pod(insecure_capabilities))
};

fn insecure_capabilities<'a>(pod: &Pod<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let listed = ctx.inputs.values("insecureCapabilities");
    let is_insecure = |capability: &Node<'a>| listed.iter().any(|name| capability.str() == Some(name));
    for container in hardened(pod) {
        let mut hits = added_capabilities(container).filter(is_insecure).peekable();
        if hits.peek().is_none() {
            continue;
        }
        let finding = hits.fold(Finding::of(container), |finding, hit| match is_ephemeral(container) {
            true => finding.failed(hit.path()),
            false => finding.delete(hit.path()),
        });
        sink.push(finding);
    }
}
