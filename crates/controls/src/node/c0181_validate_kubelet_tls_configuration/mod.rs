//! Kubelets that are given no serving certificate.

use crate::node::host_data::{self, KUBELET, host_data};
use crate::node::kubelet::{Kubelet, Source};
use ks_control::{Context, Finding, Match, Rule, Sink};
use ks_object::{Node, Object};

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = Rule {
    strict_matches: KUBELET,
    ..host_data::rule("validate-kubelet-tls-configuration-updated", RETIRED, serving_certificate)
};

/// No collector sends these any more.
const RETIRED: &[Match] = &[host_data(&["KubeletConfiguration", "KubeletCommandLine"])];

/// Each flag with its field.
const SETTINGS: [(&str, &str); 2] =
    [("--tls-cert-file", "tlsCertFile"), ("--tls-private-key-file", "tlsPrivateKeyFile")];

fn serving_certificate<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let Some(kubelet) = Kubelet::of(object) else { return };
    let lacks = |field: &dyn Fn(&str) -> bool| SETTINGS.iter().any(|(flag, name)| !kubelet.says(flag) && !field(name));
    match kubelet.file(ctx) {
        Source::Default if lacks(&|_| false) => kubelet.fail_command(sink),
        Source::File(config) if lacks(&|name| config.field(name).is_some_and(Node::truthy)) => {
            kubelet.fail_config(config, Finding::new(), sink);
        }
        Source::Flag | Source::File(_) | Source::Unreadable | Source::NotCollected | Source::Default => {}
    }
}
