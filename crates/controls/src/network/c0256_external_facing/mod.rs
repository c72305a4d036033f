//! Workloads that a Service or an Ingress opens to the outside.

use crate::network::services::{WAYS, by_selector, is_exposed, match_labels, pod_labels};
use ks_control::{Check, Cluster, Context, Finding, Match, Paths, Rule, SERVICE, Sink, WORKLOADS};
use ks_object::{Node, Object};
use std::collections::HashMap;

pub(crate) static RULES: &[&Rule] = &[&EXPOSURE_TO_INTERNET];

static EXPOSURE_TO_INTERNET: Rule =
    Rule::new("exposure-to-internet", MATCHES, Check::Join { reads: READS, run: exposed });

static MATCHES: &[Match] =
    &[WORKLOADS[0], SERVICE[0], WORKLOADS[1], WORKLOADS[2], Match::new(&["networking.k8s.io"], &["v1"], &["Ingress"])];

static READS: &[&str] = &[
    "metadata.labels",
    "$template.metadata.labels",
    "spec.selector",
    "spec.type",
    "spec.rules.http.paths.backend.service.name",
];

/// An Ingress with the places at which it names one Service.
type Route<'a> = (Object<'a>, Vec<Node<'a>>);

fn exposed<'a>(cluster: &Cluster<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let routes = routes(cluster);
    let services = cluster.kind("Service").iter().copied();
    let open = by_selector(services.clone().filter(|one| is_exposed(*one)).map(|service| (service, service)));
    let routed = by_selector(services.filter(|one| !is_exposed(*one)).filter_map(|service| {
        let routes = routes.get(&(service.namespace()?, service.name()?))?;
        Some((service, (service, routes)))
    }));
    for workload in cluster.workloads() {
        let namespace = workload.namespace_or_default();
        let labels = pod_labels(workload, ctx.strict);
        for service in open.select(namespace, [labels], None).take(WAYS) {
            let exposing = service.at(&["spec", "type"]).map(Node::path).into_iter().collect();
            sink.push_on(workload, Finding::new().related_at(*service, Paths::review(exposing)));
        }
        let routed = routed.select(namespace, [workload.labels(), labels], match_labels(workload));
        let routed = routed.flat_map(|(service, routes)| routes.iter().map(move |route| (service, route)));
        for (service, (ingress, names)) in routed.take(WAYS) {
            let names = names.iter().map(|name| name.path()).collect();
            sink.push_on(workload, Finding::new().related_at(*ingress, Paths::review(names)).related(*service));
        }
    }
}

/// Ingresses by namespace and name of the Services that they name.
fn routes<'a>(cluster: &Cluster<'a>) -> HashMap<(&'a str, &'a str), Vec<Route<'a>>> {
    let mut routes: HashMap<_, Vec<Route<'a>>> = HashMap::new();
    for ingress in cluster.kind("Ingress") {
        let Some(namespace) = ingress.namespace() else { continue };
        for name in backend_names(*ingress) {
            let Some(service) = name.str() else { continue };
            let routes = routes.entry((namespace, service)).or_default();
            match routes.last_mut().filter(|(last, _)| last.handle() == ingress.handle()) {
                Some((_, names)) => names.push(name),
                None => routes.push((*ingress, vec![name])),
            }
        }
    }
    routes
}

fn backend_names(ingress: Object<'_>) -> impl Iterator<Item = Node<'_>> {
    let rules = ingress.at(&["spec", "rules"]).into_iter().flat_map(Node::items);
    let paths = rules.filter_map(|rule| rule.at(&["http", "paths"])).flat_map(Node::items);
    paths.filter_map(|path| path.at(&["backend", "service", "name"]))
}
