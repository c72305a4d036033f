//! Ingresses that send traffic to a Service that does not exist.

use crate::network::services::known;
use ks_control::{Check, Cluster, Context, Finding, Match, Rule, SERVICE, Sink};
use ks_object::{Node, Object};

pub(crate) static RULES: &[&Rule] = &[&DANGLING_INGRESS_BACKEND];

static DANGLING_INGRESS_BACKEND: Rule =
    Rule::new("dangling-ingress-backend", MATCHES, Check::Join { reads: READS, run: dangling });

static MATCHES: &[Match] = &[Match::new(&["networking.k8s.io"], &["v1"], &["Ingress"]), SERVICE[0]];
static READS: &[&str] = &["spec.rules.http.paths.backend.service.name", "spec.defaultBackend.service.name"];

fn dangling<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    let services = known(cluster.kind("Service"));
    for ingress in cluster.kind("Ingress") {
        for backend in backends(*ingress) {
            let Some(name) = backend.at(&["service", "name"]) else { continue };
            if !services.contains(&(ingress.namespace_or_default(), name.text())) {
                sink.push_on(*ingress, Finding::new().failed(name.path()));
            }
        }
    }
}

fn backends(ingress: Object<'_>) -> impl Iterator<Item = Node<'_>> {
    let rules = ingress.at(&["spec", "rules"]).into_iter().flat_map(Node::items);
    let paths = rules.filter_map(|rule| rule.at(&["http", "paths"])).flat_map(Node::items);
    paths.filter_map(|path| path.get("backend")).chain(ingress.at(&["spec", "defaultBackend"]))
}
