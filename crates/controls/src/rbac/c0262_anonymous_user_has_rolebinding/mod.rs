//! Bindings that grant something to callers without identity.

use ks_control::{BINDINGS, Check, Context, Finding, Rule, Sink};
use ks_object::{Node, Object};

pub(crate) static RULES: &[&Rule] = &[&ANONYMOUS];

static ANONYMOUS: Rule = Rule::new("anonymous-access-enabled", BINDINGS, Check::Object(anonymous));

fn anonymous<'a>(binding: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    for subject in binding.at(&["subjects"]).into_iter().flat_map(Node::items) {
        if matches!(subject.str_at(&["name"]), Some("system:anonymous" | "system:unauthenticated")) {
            sink.push(Finding::new().delete(subject.path()));
        }
    }
}
