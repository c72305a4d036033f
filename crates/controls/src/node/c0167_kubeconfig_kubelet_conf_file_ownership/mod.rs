//! Kubelets whose kubeconfig is not root's.

use crate::node::files::KUBELET_KUBECONFIG;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = KUBELET_KUBECONFIG.rule(
    "ensure-that-the-kubeconfig-kubelet.conf-file-ownership-is-set-to-root-root",
    |object, ctx, sink| {
        KUBELET_KUBECONFIG.owned_by_root(object, ctx, sink);
    },
);
