//! etcd members that serve clients without TLS.

use crate::control_plane::flag_check::NeededFlags;
use crate::control_plane::flags::ETCD;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = ETCD.rule("etcd-tls-enabled", |pod, ctx, sink| FLAGS.judge(pod, ctx, sink));

static FLAGS: NeededFlags = NeededFlags {
    component: &ETCD,
    flags: &[("--cert-file", "<path/to/tls-certificate-file.crt>"), ("--key-file", "<path/to/tls-key-file.key>")],
};
