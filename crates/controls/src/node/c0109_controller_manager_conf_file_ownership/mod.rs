//! Controller managers whose kubeconfig is not root's.

use crate::node::files::CONTROLLER_MANAGER_CONFIG;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = CONTROLLER_MANAGER_CONFIG.rule(
    "ensure-that-the-controller-manager.conf-file-ownership-is-set-to-root-root",
    |object, ctx, sink| {
        CONTROLLER_MANAGER_CONFIG.owned_by_root(object, ctx, sink);
    },
);
