//! etcd members whose pod manifest is not root's.

use crate::node::files::ETCD_MANIFEST;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = ETCD_MANIFEST.rule(
    "ensure-that-the-etcd-pod-specification-file-ownership-is-set-to-root-root",
    |object, ctx, sink| {
        ETCD_MANIFEST.owned_by_root(object, ctx, sink);
    },
);
