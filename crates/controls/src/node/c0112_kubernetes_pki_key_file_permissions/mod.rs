//! Cluster PKIs whose private keys others than root may read.

use crate::node::files::PKI_KEYS;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule =
    PKI_KEYS.rule("ensure-that-the-Kubernetes-PKI-key-file-permissions-are-set-to-600", |object, ctx, sink| {
        PKI_KEYS.mode_at_most(0o600, object, ctx, sink);
    });
