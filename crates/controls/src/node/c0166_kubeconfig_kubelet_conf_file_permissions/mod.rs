//! Kubelets whose kubeconfig others than its owner may read.

use crate::node::files::KUBELET_KUBECONFIG;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = KUBELET_KUBECONFIG.rule(
    "ensure-that-the-kubeconfig-kubelet.conf-file-permissions-are-set-to-600-or-more-restrictive",
    |object, ctx, sink| {
        KUBELET_KUBECONFIG.mode_at_most(0o600, object, ctx, sink);
    },
);
