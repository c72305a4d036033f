//! Containers whose processes may gain more privileges than their parent.

use ks_control::{Check, Cluster, Context, Finding, Gate, Gating, Match, Needs, Rule, Sink, WORKLOADS};
use ks_object::{Object, Pod};

pub(crate) static RULES: &[&Rule] = &[&ALLOW_ESCALATION];

/// Also part of C-0211. Pod security policies are counted, as the rule is defined over them too.
pub(crate) static ALLOW_ESCALATION: Rule = Rule {
    needs: Needs::NameAndContainer,
    gate: Some(Gating { matches: &[POLICY], reads: &["spec.allowPrivilegeEscalation"], ask: some_policy_allows }),
    ..Rule::new("rule-allow-privilege-escalation", MATCHES, Check::Pod(allow_escalation))
};

const POLICY: Match = Match::new(&["policy"], &["*"], &["PodSecurityPolicy"]);
static MATCHES: &[Match] = &[WORKLOADS[0], WORKLOADS[1], WORKLOADS[2], POLICY];

/// One policy that allows it is enough, wherever it applies; so is having no policy at all.
fn some_policy_allows(cluster: &Cluster<'_>, _: &Context) -> Gate {
    let policies = cluster.kind("PodSecurityPolicy");
    if !policies.is_empty() && policies.iter().all(forbids) { Gate::AllPass } else { Gate::Stands }
}

fn forbids(policy: &Object<'_>) -> bool {
    policy.at(&["spec", "allowPrivilegeEscalation"]).is_some_and(|field| field.is(false))
}

fn allow_escalation<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    for container in pod.containers() {
        if container.security("allowPrivilegeEscalation").is_some_and(|field| field.is(false)) {
            continue;
        }
        let context = container.path().key("securityContext");
        let finding = Finding::of(container)
            .set(context.clone().key("allowPrivilegeEscalation"), "false")
            .set(context.key("privileged"), "false");
        sink.push(finding);
    }
}
