//! API servers that accept no client certificates.

use crate::control_plane::flag_check::NeededFlags;
use crate::control_plane::flags::API_SERVER;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = API_SERVER
    .rule("ensure-that-the-api-server-client-ca-file-argument-is-set-as-appropriate", |pod, ctx, sink| {
        FLAGS.judge(pod, ctx, sink)
    });

static FLAGS: NeededFlags =
    NeededFlags { component: &API_SERVER, flags: &[("--client-ca-file", "<path/to/client-ca.crt>")] };
