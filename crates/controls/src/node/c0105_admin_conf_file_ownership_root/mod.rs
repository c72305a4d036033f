//! Administrator kubeconfigs that are not root's.

use crate::node::files::ADMIN_CONFIG;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule =
    ADMIN_CONFIG.rule("ensure-that-the-admin.conf-file-ownership-is-set-to-root-root", |object, ctx, sink| {
        ADMIN_CONFIG.owned_by_root(object, ctx, sink);
    });
