//! Managed nodes whose kubelet configuration file others than its owner may change.

use crate::node::files::KUBELET_CONFIG;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = KUBELET_CONFIG.rule(
    "ensure-that-the-kubelet-configuration-file-has-permissions-set-to-644-or-more-restrictive",
    |object, ctx, sink| {
        KUBELET_CONFIG.mode_at_most(0o644, object, ctx, sink);
    },
);
