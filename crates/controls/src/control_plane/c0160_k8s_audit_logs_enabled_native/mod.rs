//! API servers without an audit policy.

use crate::control_plane::flags::API_SERVER;
use ks_control::{Context, Finding, Rule, Sink};
use ks_object::Object;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = API_SERVER.rule("k8s-audit-logs-enabled-native-cis", audit_policy);

fn audit_policy<'a>(pod: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    if let Some(flags) = API_SERVER.flags(pod)
        && !flags.gives("--audit-policy-file", ctx)
    {
        sink.push(Finding::new().review(flags.end()));
    }
}
