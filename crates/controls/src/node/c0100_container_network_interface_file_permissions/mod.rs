//! Network plugins whose configuration others than its owner may read or change.

use crate::node::files::CNI_CONFIGS;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = CNI_CONFIGS.rule(
    "ensure-that-the-Container-Network-Interface-file-permissions-are-set-to-600-or-more-restrictive",
    |object, ctx, sink| {
        CNI_CONFIGS.mode_at_most(0o600, object, ctx, sink);
    },
);
