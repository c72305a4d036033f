//! kube-proxies whose kubeconfig others than its owner may read or change.

use crate::node::files::PROXY_KUBECONFIG;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = PROXY_KUBECONFIG.rule(
    "if-proxy-kubeconfig-file-exists-ensure-permissions-are-set-to-600-or-more-restrictive",
    |object, ctx, sink| {
        PROXY_KUBECONFIG.mode_at_most(0o600, object, ctx, sink);
    },
);
