//! etcd members whose pod manifest others than its owner may read or change.

use crate::node::files::ETCD_MANIFEST;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = ETCD_MANIFEST.rule(
    "ensure-that-the-etcd-pod-specification-file-permissions-are-set-to-600-or-more-restrictive",
    |object, ctx, sink| {
        ETCD_MANIFEST.mode_at_most(0o600, object, ctx, sink);
    },
);
