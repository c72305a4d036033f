//! etcd members that talk to peers without TLS.

use crate::control_plane::flag_check::NeededFlags;
use crate::control_plane::flags::ETCD;
use ks_control::{Context, Rule, Sink};
use ks_object::Object;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = ETCD.rule("etcd-peer-tls-enabled", peer_tls);

static FLAGS: NeededFlags = NeededFlags {
    component: &ETCD,
    flags: &[
        ("--peer-cert-file", "<path/to/tls-certificate-file.crt>"),
        ("--peer-key-file", "<path/to/tls-key-file.key>"),
    ],
};

/// Unlike its likes, this rule names the list that lacks the flags.
fn peer_tls<'a>(pod: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let Some(flags) = ETCD.flags(pod) else { return };
    if let Some(finding) = FLAGS.missing(flags, ctx) {
        sink.push(finding.review(flags.list().path()));
    }
}
