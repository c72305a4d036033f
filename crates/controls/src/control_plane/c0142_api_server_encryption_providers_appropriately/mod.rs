//! Encryption at rest that leaves some resources as they are.

use crate::control_plane::host::{CONTROL_PLANES, ServerFile};
use ks_control::{Check, Context, Finding, Needs, Rule, Sink};
use ks_object::{Node, Object};

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = Rule {
    needs: Needs::Nothing,
    ..Rule::new(
        "ensure-that-the-api-server-encryption-providers-are-appropriately-configured",
        CONTROL_PLANES,
        Check::Object(providers),
    )
};

fn providers<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let Some(file) = ServerFile::encryption(object, ctx) else { return };
    let entries = file.list("resources").into_iter().flat_map(Node::items);
    let mut finding = None;
    for providers in entries.filter_map(|entry| entry.get("providers")) {
        // The API server writes with the first provider; the others only read.
        let writers = if ctx.strict { 1 } else { usize::MAX };
        if !providers.items().take(writers).any(encrypts) {
            let place = if ctx.strict { 0 } else { providers.len() };
            let so_far: Finding = finding.take().unwrap_or_default();
            finding = Some(so_far.set(providers.path().index(place), PROVIDER));
        }
    }
    if let Some(finding) = finding {
        file.fail_encryption(finding, ctx, sink);
    }
}

const PROVIDER: &str = r#"{"aescbc" | "secretbox" | "kms" : <provider config>}"#;

fn encrypts(provider: Node<'_>) -> bool {
    ["aescbc", "secretbox", "kms"].iter().any(|kind| provider.get(kind).is_some())
}
