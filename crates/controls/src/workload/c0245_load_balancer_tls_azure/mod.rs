//! Services and Ingresses of AKS that are not behind an internal load balancer with TLS.

use ks_control::{Check, Cluster, Context, Finding, Match, Rule, SERVICE, Sink};
use ks_object::{Node, Object, Path};

pub(crate) static RULES: &[&Rule] = &[&LOAD_BALANCER_TLS];

static LOAD_BALANCER_TLS: Rule = Rule::new(
    "encrypt-traffic-to-https-load-balancers-with-tls-certificates",
    MATCHES,
    Check::Join { reads: &["spec.type", "spec.tls", "metadata.annotations"], run: load_balancer_tls },
);

static MATCHES: &[Match] = &[SERVICE[0], Match::new(&["networking.k8s.io"], &["v1"], &["Ingress"])];

const INTERNAL: &str = "service.beta.kubernetes.io/azure-load-balancer-internal";
const CLASS: &str = "kubernetes.io/ingress.class";
const GATEWAY: &str = "azure/application-gateway";

/// Ingresses are judged once there is an internal load balancer that they may stand behind.
fn load_balancer_tls<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    let mut any_internal = false;
    for service in cluster.kind("Service") {
        match service.at(&["spec", "type"]).filter(|kind| kind.truthy()) {
            Some(kind) if kind.str() != Some("LoadBalancer") => sink.push_on(*service, Finding::new()),
            Some(_) if is_internal(service) => any_internal = true,
            Some(_) => sink.push_on(*service, Finding::new().set(annotation(INTERNAL), "true")),
            None => {}
        }
    }
    let ingresses = cluster.kind("Ingress").iter().filter(|_| any_internal);
    for ingress in ingresses {
        if !has_tls(ingress) {
            sink.push_on(*ingress, Finding::new().review(Path::root().fields("spec.tls")));
        } else if has_other_class(ingress) {
            sink.push_on(*ingress, Finding::new().set(annotation(CLASS), GATEWAY));
        }
    }
}

fn is_internal(service: &Object<'_>) -> bool {
    annotated(service, INTERNAL).and_then(Node::str) == Some("true")
}

fn has_tls(ingress: &Object<'_>) -> bool {
    ingress.at(&["spec", "tls"]).is_some_and(|tls| !tls.is_empty())
}

fn has_other_class(ingress: &Object<'_>) -> bool {
    annotated(ingress, CLASS).is_some_and(|class| class.str() != Some(GATEWAY))
}

fn annotated<'a>(object: &Object<'a>, key: &str) -> Option<Node<'a>> {
    object.annotations()?.get(key).filter(|value| value.truthy())
}

fn annotation(key: &str) -> Path {
    Path::root().fields("metadata.annotations").bracket(key)
}
