//! API servers that write no audit log.

use crate::control_plane::flag_check::NeededFlags;
use crate::control_plane::flags::API_SERVER;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = API_SERVER
    .rule("ensure-that-the-api-server-audit-log-path-argument-is-set", |pod, ctx, sink| FLAGS.judge(pod, ctx, sink));

static FLAGS: NeededFlags =
    NeededFlags { component: &API_SERVER, flags: &[("--audit-log-path", "/var/log/apiserver/audit.log")] };
