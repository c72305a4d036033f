//! AWS load balancers that listen on 443 without a certificate.

use ks_control::{Check, Context, Counts, External, Finding, Rule, SERVICE, Sink};
use ks_object::{Node, Object, Path};

pub(crate) static RULES: &[&Rule] = &[&CERTIFICATE];

static CERTIFICATE: Rule = Rule {
    counts: Counts::If(|service, _| is_load_balancer(service)),
    ..Rule::new("ensure-https-loadbalancers-encrypted-with-tls-aws", SERVICE, Check::Object(certificate))
};

const ANNOTATION: &str = "service.beta.kubernetes.io/aws-load-balancer-ssl-cert";

fn certificate<'a>(service: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    let has_certificate =
        || service.annotations().is_some_and(|all| all.entries().any(|(key, _)| key.starts_with(ANNOTATION)));
    if is_load_balancer(service) && is_https(service) && !has_certificate() {
        let path = Path::verbatim(format!("metadata.annotations['{ANNOTATION}']"));
        sink.push_external(External::copy_of(service), Finding::new().set(path, "AWS_LOADBALANCER_SSL_CERT"));
    }
}

fn is_load_balancer(service: Object<'_>) -> bool {
    service.node().str_at(&["spec", "type"]) == Some("LoadBalancer")
}

fn is_https(service: Object<'_>) -> bool {
    let mut ports = service.at(&["spec", "ports"]).into_iter().flat_map(Node::items);
    ports.any(|port| port.get("port").and_then(Node::int) == Some(443))
}
