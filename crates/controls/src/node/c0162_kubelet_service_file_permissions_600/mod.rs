//! Kubelets whose systemd unit others than its owner may read or change.

use crate::node::files::KUBELET_SERVICE;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = KUBELET_SERVICE.rule(
    "ensure-that-the-kubelet-service-file-permissions-are-set-to-600-or-more-restrictive",
    |object, ctx, sink| {
        KUBELET_SERVICE.mode_at_most(0o600, object, ctx, sink);
    },
);
