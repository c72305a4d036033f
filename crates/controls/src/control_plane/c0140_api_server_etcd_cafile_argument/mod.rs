//! API servers that do not verify the certificate of etcd.

use crate::control_plane::flag_check::NeededFlags;
use crate::control_plane::flags::API_SERVER;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = API_SERVER
    .rule("ensure-that-the-api-server-etcd-cafile-argument-is-set-as-appropriate", |pod, ctx, sink| {
        FLAGS.judge(pod, ctx, sink)
    });

static FLAGS: NeededFlags =
    NeededFlags { component: &API_SERVER, flags: &[("--etcd-cafile", "<path/to/ca-file.crt>")] };
