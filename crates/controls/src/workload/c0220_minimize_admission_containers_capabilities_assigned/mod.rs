//! Pod security policies of which none makes containers drop capabilities.

use ks_control::{Check, Cluster, Context, Finding, Gate, Gating, Match, Rule, Sink};
use ks_object::{Node, Object, Path};

pub(crate) static RULES: &[&Rule] = &[&REQUIRED_DROPS];

static REQUIRED_DROPS: Rule = Rule {
    gate: Some(Gating { matches: POLICIES, reads: &["spec.requiredDropCapabilities"], ask: no_policy_demands }),
    ..Rule::new("psp-required-drop-capabilities", POLICIES, Check::Object(required_drops))
};

static POLICIES: &[Match] = &[Match::new(&["policy"], &["v1beta1"], &["PodSecurityPolicy"])];

/// One policy that demands drops clears all of them.
fn no_policy_demands(cluster: &Cluster<'_>, _: &Context) -> Gate {
    if cluster.objects().all(|policy| demands_nothing(&policy)) { Gate::Stands } else { Gate::AllPass }
}

fn required_drops<'a>(policy: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    if demands_nothing(&policy) {
        sink.push(Finding::new().set(Path::root().fields("spec.requiredDropCapabilities").index(0), "ALL"));
    }
}

/// A policy without `spec` counts as one that demands something.
fn demands_nothing(policy: &Object<'_>) -> bool {
    policy.at(&["spec"]).is_some_and(|spec| spec.get("requiredDropCapabilities").is_none_or(Node::is_empty))
}
