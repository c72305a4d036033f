//! Containers that run under another seccomp profile than the runtime's, or under none.

use ks_control::{Check, Context, Finding, Rule, Sink, WORKLOADS};
use ks_object::{Node, Pod};

pub(crate) static RULES: &[&Rule] = &[&RUNTIME_DEFAULT];

static RUNTIME_DEFAULT: Rule = Rule::new("set-seccomp-profile-RuntimeDefault", WORKLOADS, Check::Pod(runtime_default));

/// The container's profile counts before the pod's.
fn runtime_default<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    for container in pod.containers() {
        let profile = profile(container.security_context).or_else(|| profile(pod.security_context()));
        match profile {
            Some(profile) if profile.str() == Some("RuntimeDefault") => {}
            Some(profile) => sink.push(Finding::new().review(profile.path())),
            None => {
                let field = container.path().fields("securityContext.seccompProfile.type");
                sink.push(Finding::new().set(field, "RuntimeDefault"));
            }
        }
    }
}

fn profile<'a>(context: Option<Node<'a>>) -> Option<Node<'a>> {
    context?.at(&["seccompProfile", "type"]).filter(|profile| profile.truthy())
}
