//! Cluster PKIs whose certificates others than root may read or change.

use crate::node::files::PKI_CERTIFICATES;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = PKI_CERTIFICATES.rule(
    "ensure-that-the-Kubernetes-PKI-certificate-file-permissions-are-set-to-600-or-more-restrictive",
    |object, ctx, sink| {
        PKI_CERTIFICATES.mode_at_most(0o600, object, ctx, sink);
    },
);
