//! API servers that show etcd no certificate.

use crate::control_plane::flag_check::NeededFlags;
use crate::control_plane::flags::API_SERVER;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = API_SERVER.rule(
    "ensure-that-the-api-server-etcd-certfile-and-etcd-keyfile-arguments-are-set-as-appropriate",
    |pod, ctx, sink| FLAGS.judge(pod, ctx, sink),
);

static FLAGS: NeededFlags = NeededFlags {
    component: &API_SERVER,
    flags: &[
        ("--etcd-certfile", "<path/to/client-certificate-file.crt>"),
        ("--etcd-keyfile", "<path/to/client-key-file.key>"),
    ],
};
