//! Controller managers whose pod manifest is not root's.

use crate::node::files::CONTROLLER_MANAGER_MANIFEST;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = CONTROLLER_MANAGER_MANIFEST.rule(
    "ensure-that-the-controller-manager-pod-specification-file-ownership-is-set-to-root-root",
    |object, ctx, sink| {
        CONTROLLER_MANAGER_MANIFEST.owned_by_root(object, ctx, sink);
    },
);
