//! Cluster PKIs that are not root's.

use crate::node::files::{PKI_DIRECTORY, PKI_FILES};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = PKI_FILES.rule(
    "ensure-that-the-Kubernetes-PKI-directory-and-file-ownership-is-set-to-root-root",
    |object, ctx, sink| {
        PKI_DIRECTORY.owned_by_root(object, ctx, sink);
        PKI_FILES.owned_by_root(object, ctx, sink);
    },
);
