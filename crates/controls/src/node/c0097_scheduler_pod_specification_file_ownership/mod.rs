//! Schedulers whose pod manifest is not root's.

use crate::node::files::SCHEDULER_MANIFEST;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = SCHEDULER_MANIFEST.rule(
    "ensure-that-the-scheduler-pod-specification-file-ownership-is-set-to-root-root",
    |object, ctx, sink| {
        SCHEDULER_MANIFEST.owned_by_root(object, ctx, sink);
    },
);
