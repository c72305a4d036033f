//! API servers without a serving certificate of their own.

use crate::control_plane::flag_check::NeededFlags;
use crate::control_plane::flags::API_SERVER;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = API_SERVER.rule(
    "ensure-that-the-api-server-tls-cert-file-and-tls-private-key-file-arguments-are-set-as-appropriate",
    |pod, ctx, sink| FLAGS.judge(pod, ctx, sink),
);

static FLAGS: NeededFlags = NeededFlags {
    component: &API_SERVER,
    flags: &[
        ("--tls-cert-file", "<path/to/tls-certificate-file.crt>"),
        ("--tls-private-key-file", "<path/to/tls-key-file.key>"),
    ],
};
