//! Kubelets that do not renew their serving certificate.

use crate::node::kubelet::{self, Config, Kubelet};
use ks_control::{Context, Rule, Sink};
use ks_object::Object;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = kubelet::rule("kubelet-rotate-kubelet-server-certificate", server_rotation);

fn server_rotation<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let Some(kubelet) = Kubelet::of(object) else { return };
    let gate = || kubelet.says("--feature-gates=") && kubelet.says("RotateKubeletServerCertificate=true");
    let rotates = kubelet.says("--rotate-server-certificates") || gate();
    if !rotates && !kubelet.config(ctx).is_some_and(|config| bootstraps(&config)) {
        kubelet.fail_command(sink);
    }
}

fn bootstraps(config: &Config) -> bool {
    config.field("serverTLSBootstrap").is_some_and(|flag| flag.is(true))
}
