//! Administrator kubeconfigs that others than their owner may read.

use crate::node::files::ADMIN_CONFIG;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule =
    ADMIN_CONFIG.rule("ensure-that-the-admin.conf-file-permissions-are-set-to-600", |object, ctx, sink| {
        ADMIN_CONFIG.mode_at_most(0o600, object, ctx, sink);
    });
