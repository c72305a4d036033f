//! API servers whose pod manifest is not root's.

use crate::node::files::API_SERVER_MANIFEST;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = API_SERVER_MANIFEST.rule(
    "ensure-that-the-API-server-pod-specification-file-ownership-is-set-to-root-root",
    |object, ctx, sink| {
        API_SERVER_MANIFEST.owned_by_root(object, ctx, sink);
    },
);
