//! Workloads that a Gateway API route or an Istio gateway opens to the outside.

mod istio;

use crate::network::services::{WAYS, by_selector, is_exposed, pod_labels};
use ks_control::{Check, Cluster, Context, Finding, Match, Paths, Rule, SERVICE, Sink, WORKLOADS};
use ks_object::{Node, Object};
use std::collections::HashMap;

pub(crate) static RULES: &[&Rule] = &[&VIA_GATEWAY_API, &istio::VIA_ISTIO_INGRESS];

static VIA_GATEWAY_API: Rule =
    Rule::new("exposure-to-internet-via-gateway-api", MATCHES, Check::Join { reads: READS, run: routed });

static MATCHES: &[Match] =
    &[WORKLOADS[0], SERVICE[0], WORKLOADS[1], WORKLOADS[2], Match::new(&["gateway.networking.k8s.io"], &["*"], ROUTES)];

const ROUTES: &[&str] = &["HTTPRoute", "TCPRoute", "UDPRoute"];

static READS: &[&str] = &[
    "$template.metadata.labels",
    "spec.selector",
    "spec.type",
    "spec.rules.backendRefs.kind",
    "spec.rules.backendRefs.name",
];

/// The routes of one namespace.
struct Routes<'a> {
    /// Any of them.
    first: Object<'a>,
    /// Those that name a Service, with the places where they do, by its name.
    by_service: HashMap<&'a str, Vec<(Object<'a>, Vec<Node<'a>>)>>,
}

fn routed<'a>(cluster: &Cluster<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let routes = routes(cluster);
    let services = by_selector(cluster.kind("Service").iter().filter(|one| !is_exposed(**one)).filter_map(|service| {
        let routes = routes.get(service.namespace()?)?;
        let naming = service.name().and_then(|name| routes.by_service.get(name));
        // Beside a route that names other Services alone a workload is not reachable, but counts as such.
        (naming.is_some() || !ctx.strict).then_some((*service, (*service, routes.first, naming)))
    }));
    for workload in cluster.workloads() {
        let labels = pod_labels(workload, ctx.strict);
        for (service, any, naming) in services.select(workload.namespace_or_default(), [labels], None).take(WAYS) {
            let Some(naming) = naming else {
                sink.push_on(workload, Finding::new().related(*any).related(*service));
                continue;
            };
            for (route, names) in naming.iter().take(WAYS) {
                let names = names.iter().map(|name| name.path()).collect();
                sink.push_on(workload, Finding::new().related_at(*route, Paths::review(names)).related(*service));
            }
        }
    }
}

/// Routes by their namespaces.
fn routes<'a>(cluster: &Cluster<'a>) -> HashMap<&'a str, Routes<'a>> {
    let mut routes: HashMap<_, Routes<'a>> = HashMap::new();
    for route in ROUTES.iter().flat_map(|kind| cluster.kind(kind)) {
        let Some(namespace) = route.namespace() else { continue };
        let here = routes.entry(namespace).or_insert_with(|| Routes { first: *route, by_service: HashMap::new() });
        for name in service_names(*route) {
            let Some(service) = name.str() else { continue };
            let naming = here.by_service.entry(service).or_default();
            match naming.last_mut().filter(|(last, _)| last.handle() == route.handle()) {
                Some((_, names)) => names.push(name),
                None => naming.push((*route, vec![name])),
            }
        }
    }
    routes
}

/// The names in backend references that say that they mean a Service.
fn service_names(route: Object<'_>) -> impl Iterator<Item = Node<'_>> {
    let rules = route.at(&["spec", "rules"]).into_iter().flat_map(Node::items);
    let references = rules.filter_map(|rule| rule.get("backendRefs")).flat_map(Node::items);
    references.filter(|one| one.str_at(&["kind"]) == Some("Service")).filter_map(|one| one.get("name"))
}
