//! Schedulers whose kubeconfig is not root's.

use crate::node::files::SCHEDULER_CONFIG;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule =
    SCHEDULER_CONFIG.rule("ensure-that-the-scheduler.conf-file-ownership-is-set-to-root-root", |object, ctx, sink| {
        SCHEDULER_CONFIG.owned_by_root(object, ctx, sink);
    });
