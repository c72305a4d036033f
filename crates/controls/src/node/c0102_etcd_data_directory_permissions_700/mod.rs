//! etcd members whose data directory others than its owner may enter.

use crate::node::files::ETCD_DATA;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = ETCD_DATA.rule(
    "ensure-that-the-etcd-data-directory-permissions-are-set-to-700-or-more-restrictive",
    |object, ctx, sink| {
        ETCD_DATA.mode_at_most(0o700, object, ctx, sink);
    },
);
