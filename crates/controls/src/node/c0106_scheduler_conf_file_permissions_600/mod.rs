//! Schedulers whose kubeconfig others than its owner may read.

use crate::node::files::SCHEDULER_CONFIG;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = SCHEDULER_CONFIG.rule(
    "ensure-that-the-scheduler.conf-file-permissions-are-set-to-600-or-more-restrictive",
    |object, ctx, sink| {
        SCHEDULER_CONFIG.mode_at_most(0o600, object, ctx, sink);
    },
);
