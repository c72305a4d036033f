//! Agent sandboxes that may talk to the whole world.

use super::sandbox::SANDBOX_TEMPLATE;
use ks_control::{Check, Context, Finding, Needs, Rule, Sink};
use ks_object::{Kind, Node, Object, Path};

pub(crate) static RULES: &[&Rule] = &[&EGRESS_POLICY];

static EGRESS_POLICY: Rule = Rule {
    needs: Needs::Nothing,
    ..Rule::new("agent-sandbox-egress-policy", SANDBOX_TEMPLATE, Check::Object(egress_policy))
};

fn egress_policy<'a>(object: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    if let Some(path) = open_field(object) {
        sink.push(Finding::new().failed(Path::verbatim(path)));
    }
}

/// The field that leaves egress open.
fn open_field(object: Object<'_>) -> Option<&'static str> {
    let field = |name| object.at(&["spec", name]).filter(|field| !field.is_null());
    if field("networkPolicyManagement").is_some_and(|mode| mode.str() != Some("Managed")) {
        return Some("spec.networkPolicyManagement");
    }
    let Some(policy) = field("networkPolicy").filter(|policy| policy.kind() == Kind::Map) else {
        return Some("spec.networkPolicy");
    };
    // No egress rules at all deny everything.
    let egress = policy.get("egress").filter(|egress| !egress.is_null())?;
    let closed = egress.kind() == Kind::Seq && egress.items().all(is_scoped);
    (!closed).then_some("spec.networkPolicy.egress")
}

fn is_scoped(rule: Node<'_>) -> bool {
    rule.get("to").is_some_and(|peers| peers.items().next().is_some() && peers.items().all(is_narrow))
}

/// Whether a peer is less than everything.
fn is_narrow(peer: Node<'_>) -> bool {
    let cidr = peer.str_at(&["ipBlock", "cidr"]).is_some_and(|cidr| !matches!(cidr, "" | "0.0.0.0/0" | "::/0"));
    let some = |selector: Node<'_>, key| selector.get(key).is_some_and(|part| !part.is_empty());
    let selects = |key| peer.get(key).is_some_and(|it| some(it, "matchLabels") || some(it, "matchExpressions"));
    cidr || selects("podSelector") || selects("namespaceSelector")
}
