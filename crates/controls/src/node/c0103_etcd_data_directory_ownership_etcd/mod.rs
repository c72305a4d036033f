//! etcd members whose data directory is not root's.

use crate::node::files::ETCD_DATA;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule =
    ETCD_DATA.rule("ensure-that-the-etcd-data-directory-ownership-is-set-to-etcd-etcd", |object, ctx, sink| {
        ETCD_DATA.owned_by_root(object, ctx, sink);
    });
