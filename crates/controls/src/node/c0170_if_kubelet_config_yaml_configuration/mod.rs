//! Kubelets whose configuration file others than its owner may read or change.

use crate::node::files::KUBELET_CONFIG;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = KUBELET_CONFIG.rule(
    "if-the-kubelet-config.yaml-configuration-file-is-being-used-validate-permissions-set-to-600-or-more-restrictive",
    |object, ctx, sink| {
        KUBELET_CONFIG.mode_at_most(0o600, object, ctx, sink);
    },
);
