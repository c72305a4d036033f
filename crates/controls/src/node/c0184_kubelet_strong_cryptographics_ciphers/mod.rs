//! Kubelets that accept weak TLS cipher suites.

use crate::node::kubelet::{self, Config, Kubelet, Source};
use ks_control::{Context, Finding, Rule, Sink};
use ks_object::{Node, Object, Path};

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = kubelet::rule("kubelet-strong-cryptographics-ciphers", cipher_suites);

const FLAG: &str = "--tls-cipher-suites";

const STRONG: &[&str] = &[
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_RSA_WITH_AES_128_GCM_SHA256",
];

fn cipher_suites<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let Some(kubelet) = Kubelet::of(object) else { return };
    match kubelet.source(FLAG, ctx) {
        Source::Flag if !flag_is_strong(kubelet, ctx) => kubelet.fail_command(sink),
        Source::File(config) => {
            if let Some(field) = weak_field(&config, ctx) {
                kubelet.fail_config(config, Finding::new().review(Path::root().key(field)), sink);
            }
        }
        Source::Default => kubelet.fail_command(sink),
        Source::Flag | Source::Unreadable | Source::NotCollected => {}
    }
}

/// Only the first suite of the list counts; in strict mode all of them do.
fn flag_is_strong(kubelet: Kubelet<'_>, ctx: &Context) -> bool {
    if ctx.strict {
        return kubelet.values(FLAG).last().is_some_and(|value| value.split(',').all(|suite| STRONG.contains(&suite)));
    }
    kubelet.values(FLAG).any(|value| STRONG.iter().any(|suite| value.starts_with(suite)))
}

/// The field whose suites are weak. Only strict mode knows the field's real name and that it is a list.
fn weak_field(config: &Config, ctx: &Context) -> Option<&'static str> {
    let is_strong = |suite: Node<'_>| suite.str().is_some_and(|suite| STRONG.contains(&suite));
    if ctx.strict {
        let strong =
            config.field("tlsCipherSuites").is_some_and(|list| !list.is_empty() && list.items().all(is_strong));
        return (!strong).then_some("tlsCipherSuites");
    }
    let weak =
        config.field("TLSCipherSuites").filter(|suites| suites.truthy()).is_some_and(|suites| !is_strong(suites));
    weak.then_some("TLSCipherSuites")
}
