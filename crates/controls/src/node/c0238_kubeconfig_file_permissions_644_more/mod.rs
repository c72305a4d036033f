//! Managed nodes whose kubelet kubeconfig others than its owner may change.

use crate::node::files::KUBELET_KUBECONFIG;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = KUBELET_KUBECONFIG.rule(
    "Ensure-that-the-kubeconfig-file-permissions-are-set-to-644-or-more-restrictive",
    |object, ctx, sink| {
        KUBELET_KUBECONFIG.mode_at_most(0o644, object, ctx, sink);
    },
);
