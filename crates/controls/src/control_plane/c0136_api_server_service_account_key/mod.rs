//! API servers without a key of their own to verify service account tokens.

use crate::control_plane::flag_check::NeededFlags;
use crate::control_plane::flags::API_SERVER;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = API_SERVER
    .rule("ensure-that-the-api-server-service-account-key-file-argument-is-set-as-appropriate", |pod, ctx, sink| {
        FLAGS.judge(pod, ctx, sink)
    });

static FLAGS: NeededFlags =
    NeededFlags { component: &API_SERVER, flags: &[("--service-account-key-file", "<path/to/key.pub>")] };
