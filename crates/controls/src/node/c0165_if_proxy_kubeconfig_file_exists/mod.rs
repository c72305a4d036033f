//! kube-proxies whose kubeconfig is not root's.

use crate::node::files::PROXY_KUBECONFIG;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = PROXY_KUBECONFIG.rule(
    "if-proxy-kubeconfig-file-exists-ensure-ownership-is-set-to-root-root",
    |object, ctx, sink| {
        PROXY_KUBECONFIG.owned_by_root(object, ctx, sink);
    },
);
