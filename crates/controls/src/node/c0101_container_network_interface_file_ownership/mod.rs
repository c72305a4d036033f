//! Network plugins whose configuration is not root's.

use crate::node::files::CNI_CONFIGS;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = CNI_CONFIGS.rule(
    "ensure-that-the-Container-Network-Interface-file-ownership-is-set-to-root-root",
    |object, ctx, sink| {
        CNI_CONFIGS.owned_by_root(object, ctx, sink);
    },
);
