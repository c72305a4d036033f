//! Containers without any seccomp profile.

use ks_control::{Check, Context, Finding, Rule, Sink, WORKLOADS};
use ks_object::{Node, Pod};

pub(crate) static RULES: &[&Rule] = &[&LINUX_HARDENING];

static LINUX_HARDENING: Rule = Rule::new("linux-hardening", WORKLOADS, Check::Pod(linux_hardening));

fn linux_hardening<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    if has_profile(pod.security_context()) {
        return;
    }
    for container in pod.run_containers().filter(|container| !has_profile(container.security_context)) {
        let profile = container.path().fields("securityContext.seccompProfile");
        sink.push(Finding::new().set(profile, "YOUR_VALUE"));
    }
}

/// Of whatever type.
fn has_profile(context: Option<Node<'_>>) -> bool {
    context.and_then(|context| context.get("seccompProfile")).is_some_and(Node::truthy)
}
