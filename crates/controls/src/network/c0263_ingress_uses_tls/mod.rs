//! Ingresses without TLS.

use ks_control::{Check, Context, Finding, Match, Rule, Sink};
use ks_object::{Node, Object, Path};

pub(crate) static RULES: &[&Rule] = &[&INGRESS_NO_TLS];

static INGRESS_NO_TLS: Rule =
    Rule::new("ingress-no-tls", &[Match::new(&["networking.k8s.io"], &["v1"], &["Ingress"])], Check::Object(no_tls));

fn no_tls<'a>(ingress: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    if !ingress.at(&["spec", "tls"]).is_some_and(Node::truthy) {
        sink.push(Finding::new().set(Path::root().fields("spec.tls"), "<your-tls-definition>"));
    }
}
