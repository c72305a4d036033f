//! Kubelets whose configuration file is not root's.

use crate::node::files::KUBELET_CONFIG;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = KUBELET_CONFIG.rule(
    "ensure-that-the-kubelet-configuration-file-ownership-is-set-to-root-root",
    |object, ctx, sink| {
        KUBELET_CONFIG.owned_by_root(object, ctx, sink);
    },
);
