//! Controller managers whose pod manifest others than its owner may read or change.

use crate::node::files::CONTROLLER_MANAGER_MANIFEST;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = CONTROLLER_MANAGER_MANIFEST.rule(
    "ensure-that-the-controller-manager-pod-specification-file-permissions-are-set-to-600-or-more-restrictive",
    |object, ctx, sink| {
        CONTROLLER_MANAGER_MANIFEST.mode_at_most(0o600, object, ctx, sink);
    },
);
