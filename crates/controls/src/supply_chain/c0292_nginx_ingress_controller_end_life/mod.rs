//! The community's ingress-nginx controller, which gets no more fixes.

use ks_control::{Check, Context, Finding, Match, Rule, Sink};
use ks_object::Pod;

const IMAGES: [&str; 3] = ["ingress-nginx/controller", "k8s.gcr.io/ingress-nginx", "registry.k8s.io/ingress-nginx"];

pub(crate) static RULES: &[&Rule] = &[&NGINX_INGRESS_EOL];

static NGINX_INGRESS_EOL: Rule = Rule::new(
    "detect-nginx-ingress-controller-eol",
    &[Match::new(&["apps"], &["v1"], &["Deployment", "DaemonSet", "StatefulSet"])],
    Check::Pod(nginx_ingress_eol),
);

fn nginx_ingress_eol<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    for container in pod.containers() {
        if container.image.is_some_and(|image| IMAGES.iter().any(|part| image.contains(part))) {
            sink.push(Finding::new().review(container.path().key("image")));
        }
    }
}
