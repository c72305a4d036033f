//! Kubelets that know no authority for client certificates.

use crate::node::kubelet::{self, Kubelet, Source};
use ks_control::{Context, Finding, Rule, Sink};
use ks_object::{Node, Object};

pub(crate) static RULES: &[&Rule] = &[&CLIENT_CA];

/// Also the whole of C-0174.
pub(crate) static CLIENT_CA: Rule = kubelet::rule("enforce-kubelet-client-tls-authentication-updated", client_ca);

fn client_ca<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let Some(kubelet) = Kubelet::of(object) else { return };
    match kubelet.source("--client-ca-file", ctx) {
        Source::File(config) if !config.at(&["authentication", "x509", "clientCAFile"]).is_some_and(Node::truthy) => {
            kubelet.fail_config(config, "authentication.x509.clientCAFile", sink);
        }
        Source::Default => kubelet.fail_nameless_command(Finding::new(), ctx, sink),
        Source::NotCollected => kubelet.fail_unknown(ctx, sink),
        Source::Flag | Source::File(_) | Source::Unreadable => {}
    }
}
