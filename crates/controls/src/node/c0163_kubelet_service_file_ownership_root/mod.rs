//! Kubelets whose systemd unit is not root's.

use crate::node::files::KUBELET_SERVICE;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule =
    KUBELET_SERVICE.rule("ensure-that-the-kubelet-service-file-ownership-is-set-to-root-root", |object, ctx, sink| {
        KUBELET_SERVICE.owned_by_root(object, ctx, sink);
    });
