//! API servers whose pod manifest others than its owner may read or change.

use crate::node::files::API_SERVER_MANIFEST;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = API_SERVER_MANIFEST.rule(
    "ensure-that-the-API-server-pod-specification-file-permissions-are-set-to-600-or-more-restrictive",
    |object, ctx, sink| {
        API_SERVER_MANIFEST.mode_at_most(0o600, object, ctx, sink);
    },
);
