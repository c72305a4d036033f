//! Gateway API routes that send traffic to a Service that does not exist.

use crate::network::services::known;
use ks_control::{Check, Cluster, Context, Finding, Match, Rule, SERVICE, Sink};
use ks_object::{Node, Object};

pub(crate) static RULES: &[&Rule] = &[&DANGLING_GATEWAY_BACKEND];

static DANGLING_GATEWAY_BACKEND: Rule =
    Rule::new("dangling-gateway-backend", MATCHES, Check::Join { reads: READS, run: dangling });

const ROUTES: &[&str] = &["HTTPRoute", "TCPRoute", "UDPRoute"];
static MATCHES: &[Match] = &[Match::new(&["gateway.networking.k8s.io"], &["*"], ROUTES), SERVICE[0]];
static READS: &[&str] = &[
    "spec.rules.backendRefs.group",
    "spec.rules.backendRefs.kind",
    "spec.rules.backendRefs.name",
    "spec.rules.backendRefs.namespace",
];

fn dangling<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    let services = known(cluster.kind("Service"));
    for route in ROUTES.iter().flat_map(|kind| cluster.kind(kind)) {
        for reference in references(*route).filter(|reference| means_service(*reference)) {
            let namespace = reference.str_at(&["namespace"]).unwrap_or_else(|| route.namespace_or_default());
            let Some(name) = reference.get("name") else { continue };
            if !services.contains(&(namespace, name.text())) {
                sink.push_on(*route, Finding::new().failed(name.path()));
            }
        }
    }
}

fn references(route: Object<'_>) -> impl Iterator<Item = Node<'_>> {
    let rules = route.at(&["spec", "rules"]).into_iter().flat_map(Node::items);
    rules.filter_map(|rule| rule.get("backendRefs")).flat_map(Node::items)
}

/// A reference without kind and group means a Service.
fn means_service(reference: Node<'_>) -> bool {
    let is = |key, value| reference.get(key).is_none_or(|node| node.str() == Some(value));
    is("kind", "Service") && is("group", "")
}
