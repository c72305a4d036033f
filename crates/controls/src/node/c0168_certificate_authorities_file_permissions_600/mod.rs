//! Kubelets whose file of client authorities others than its owner may read or change.

use crate::node::files::KUBELET_CLIENT_CA;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = KUBELET_CLIENT_CA.rule(
    "ensure-that-the-certificate-authorities-file-permissions-are-set-to-600-or-more-restrictive",
    |object, ctx, sink| {
        KUBELET_CLIENT_CA.mode_at_most(0o600, object, ctx, sink);
    },
);
