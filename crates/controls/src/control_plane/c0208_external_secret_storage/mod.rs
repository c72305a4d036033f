//! Encryption at rest without a known key management service.

use crate::control_plane::host::{CONTROL_PLANES, ServerFile};
use ks_control::{Check, Context, Finding, Needs, Rule, Sink};
use ks_object::{Node, Object};

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = Rule {
    needs: Needs::Nothing,
    ..Rule::new("external-secret-storage", CONTROL_PLANES, Check::Object(key_management))
};

fn key_management<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let Some(file) = ServerFile::encryption(object, ctx) else { return };
    let Some(resources) = file.list("resources") else { return };
    let mut providers = resources.items().filter_map(|entry| entry.get("providers")).flat_map(Node::items);
    if !providers.any(|provider| provider.get("kms").is_some_and(|service| is_known(service, ctx))) {
        let entry = resources.path().index(resources.len());
        let finding = Finding::new()
            .set(entry.clone().key("resources").index(0), "secrets")
            .set(entry.key("providers").index(0).key("kms"), "YOUR_EXTERNAL_KMS");
        file.fail_encryption(finding, ctx, sink);
    }
}

/// Whoever sets up the service chooses its name, so in strict mode any will do.
fn is_known(service: Node<'_>, ctx: &Context) -> bool {
    let known = ["akeyless", "azurekmsprovider", "aws-encryption-provider"];
    ctx.strict || service.str_at(&["name"]).is_some_and(|name| known.contains(&name))
}
