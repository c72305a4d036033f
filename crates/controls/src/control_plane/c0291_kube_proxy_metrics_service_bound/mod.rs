//! kube-proxies whose metrics can be read from other hosts.

use crate::control_plane::flag_check::is_loopback;
use ks_control::{Check, Context, Counts, Finding, Match, Needs, Rule, Sink};
use ks_object::{Node, Object};

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = Rule {
    counts: Counts::If(|object, _| configures_kube_proxy(object)),
    needs: Needs::Nothing,
    ..Rule::new(
        "ensure-that-the-kube-proxy-metrics-service-is-bound-to-localhost",
        &[Match::new(&[""], &["v1"], &["ConfigMap"])],
        Check::Object(metrics_address),
    )
};

fn metrics_address<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let Some(data) = object.at(&["data"]).filter(|_| configures_kube_proxy(object)) else { return };
    let text = ["config.conf", "kubeconfig.conf", "config"].iter().find_map(|key| data.get(key)).and_then(Node::str);
    let Some(config) = text.filter(|text| !text.is_empty()).and_then(|text| ctx.yaml(text)) else { return };
    let Some(address) = config.root().map(|root| root.get("metricsBindAddress")) else { return };
    if is_exposed(address, ctx) {
        sink.push(Finding::new().failed(data.path()));
    }
}

/// Without an address kube-proxy listens on 127.0.0.1 alone; only strict mode knows.
fn is_exposed(address: Option<Node<'_>>, ctx: &Context) -> bool {
    let address = address.filter(|address| address.truthy());
    if ctx.strict {
        return address.and_then(Node::str).is_some_and(|address| !address.is_empty() && !is_loopback(address));
    }
    address.is_none_or(|address| address.str().is_some_and(|text| text.is_empty() || text.starts_with("0.0.0.0")))
}

fn configures_kube_proxy(object: Object<'_>) -> bool {
    object.namespace() == Some("kube-system") && object.name() == Some("kube-proxy")
}
