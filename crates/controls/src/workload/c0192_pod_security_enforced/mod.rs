//! Namespaces in which neither Pod Security Admission nor a webhook decides about pods.

use crate::workload::pod_security::{ENFORCE, label};
use ks_control::{Check, Cluster, Context, Finding, Gate, Gating, Match, NAMESPACE, Rule, Sink};
use ks_object::{Node, Object};

pub(crate) static RULES: &[&Rule] =
    &[&rule("pod-security-admission-applied-1", VALIDATING), &rule("pod-security-admission-applied-2", MUTATING)];

static VALIDATING: &[Match] =
    &[Match::new(&["admissionregistration.k8s.io"], &["*"], &["ValidatingWebhookConfiguration"])];
static MUTATING: &[Match] = &[Match::new(&["admissionregistration.k8s.io"], &["*"], &["MutatingWebhookConfiguration"])];

/// One webhook that may look at pods clears all namespaces.
const fn rule(name: &'static str, webhooks: &'static [Match]) -> Rule {
    let gate = Gating { matches: webhooks, reads: &["webhooks.rules.scope"], ask: no_webhook_for_pods };
    Rule { gate: Some(gate), ..Rule::new(name, NAMESPACE, Check::Object(unlabelled)) }
}

/// Rules without a scope do not count here, although the API server reads them as rules for everything.
fn no_webhook_for_pods(cluster: &Cluster<'_>, _: &Context) -> Gate {
    let webhooks = cluster.objects().filter_map(|one| one.at(&["webhooks"])).flat_map(Node::items);
    let mut rules = webhooks.filter_map(|webhook| webhook.get("rules")).flat_map(Node::items);
    let may_see_pods = |rule: Node<'_>| rule.get("scope").is_some_and(|scope| scope.str() != Some("Cluster"));
    if rules.any(may_see_pods) { Gate::AllPass } else { Gate::Stands }
}

fn unlabelled<'a>(namespace: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    let labelled = namespace.labels().is_some_and(|labels| labels.entries().any(|(key, _)| key.starts_with(ENFORCE)));
    if !labelled {
        sink.push(Finding::new().set(label(), "YOUR_VALUE"));
    }
}
