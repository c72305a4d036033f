//! Pods that no controller would start again.

use ks_control::{Check, Context, Finding, POD, Rule, Sink};
use ks_object::{Node, Object};

pub(crate) static RULES: &[&Rule] = &[&NAKED_PODS];

static NAKED_PODS: Rule = Rule::new("naked-pods", POD, Check::Object(naked_pods));

fn naked_pods<'a>(pod: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    if !pod.at(&["metadata", "ownerReferences"]).is_some_and(Node::truthy) {
        sink.push(Finding::new());
    }
}
