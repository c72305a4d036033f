//! API servers that store Secrets as they are.

use crate::control_plane::flag_check::NeededFlags;
use crate::control_plane::flags::API_SERVER;
use crate::control_plane::host::{CONTROL_PLANE, ServerFile};
use ks_control::{Check, Context, Counts, Finding, Match, Needs, Rule, Sink};
use ks_object::{Node, Object};

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = Rule {
    counts: Counts::If(|object, _| is_host_data(object) || API_SERVER.flags(object).is_some()),
    needs: Needs::Nothing,
    ..Rule::new(
        "ensure-that-the-api-server-encryption-provider-config-argument-is-set-as-appropriate",
        &[Match::new(&[""], &["v1"], &["Pod"]), CONTROL_PLANE],
        Check::Object(encryption),
    )
};

static FLAGS: NeededFlags = NeededFlags {
    component: &API_SERVER,
    flags: &[("--encryption-provider-config", "<path/to/encryption-config.yaml>")],
};

fn encryption<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    if !is_host_data(object) {
        return FLAGS.judge(object, ctx, sink);
    }
    let Some(file) = ServerFile::encryption(object, ctx) else { return };
    let mut entries = file.list("resources").into_iter().flat_map(Node::items);
    if !entries.any(|entry| entry.get("resources").is_some_and(|resources| has_secrets(resources, ctx))) {
        file.fail_encryption(Finding::new(), ctx, sink);
    }
}

fn is_host_data(object: Object<'_>) -> bool {
    object.kind() == "ControlPlaneInfo"
}

/// Wildcards count in strict mode alone.
fn has_secrets(resources: Node<'_>, ctx: &Context) -> bool {
    resources.contains("secrets") || ctx.strict && ["*.", "*.*"].iter().any(|all| resources.contains(all))
}
