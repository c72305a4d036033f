//! Kubelets whose file of client authorities is not root's.

use crate::node::files::KUBELET_CLIENT_CA;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = KUBELET_CLIENT_CA.rule(
    "ensure-that-the-client-certificate-authorities-file-ownership-is-set-to-root-root",
    |object, ctx, sink| {
        KUBELET_CLIENT_CA.owned_by_root(object, ctx, sink);
    },
);
