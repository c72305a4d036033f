//! Controller managers whose kubeconfig others than its owner may read.

use crate::node::files::CONTROLLER_MANAGER_CONFIG;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = CONTROLLER_MANAGER_CONFIG.rule(
    "ensure-that-the-controller-manager.conf-file-permissions-are-set-to-600-or-more-restrictive",
    |object, ctx, sink| {
        CONTROLLER_MANAGER_CONFIG.mode_at_most(0o600, object, ctx, sink);
    },
);
