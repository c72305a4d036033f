//! From Istio gateways over virtual services to workloads.

use crate::network::services::{WAYS, by_selector, is_exposed, pod_labels};
use ks_control::{Check, Cluster, Context, Finding, Match, Paths, Rule, SERVICE, Sink, WORKLOADS};
use ks_object::{Node, Object, Path};
use std::collections::HashMap;

pub(crate) static VIA_ISTIO_INGRESS: Rule =
    Rule::new("exposure-to-internet-via-istio-ingress", MATCHES, Check::Join { reads: READS, run: routed });

static MATCHES: &[Match] = &[
    WORKLOADS[0],
    SERVICE[0],
    WORKLOADS[1],
    WORKLOADS[2],
    Match::new(&["networking.istio.io"], &["v1", "v1beta1"], &["VirtualService", "Gateway"]),
];

static READS: &[&str] = &[
    "metadata.labels",
    "$template.metadata.labels",
    "spec.selector",
    "spec.type",
    "spec.gateways",
    "spec.http.route.destination.host",
];

/// What stands before a Service: the way in.
struct Entrance<'a> {
    virtual_service: Object<'a>,
    /// The Service of the gateway's own pods.
    front: Object<'a>,
    gateway: Object<'a>,
    /// The route and its destination within `spec.http`.
    place: (usize, usize),
}

type ByName<'a> = HashMap<(&'a str, &'a str), Vec<Object<'a>>>;

fn routed<'a>(cluster: &Cluster<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let services = by_name(cluster.kind("Service"));
    let gateways = by_name(cluster.kind("Gateway"));
    let fronts = fronts(cluster);
    let mut entrances: HashMap<u32, (Object<'a>, Vec<Entrance<'a>>)> = HashMap::new();
    for virtual_service in cluster.kind("VirtualService") {
        for gateway in gateways_of(*virtual_service, &gateways) {
            let Some(&(front, ambiguous)) = fronts.get(&gateway.handle()) else { continue };
            if ambiguous && !ctx.strict {
                return sink.error("several Services in istio-system stand for one Gateway");
            }
            for (place, host) in hosts(*virtual_service) {
                for service in destination(host, *virtual_service, &services) {
                    let (_, ways) = entrances.entry(service.handle()).or_insert_with(|| (*service, Vec::new()));
                    ways.push(Entrance { virtual_service: *virtual_service, front, gateway, place });
                }
            }
        }
    }
    let services = by_selector(entrances.values().map(|(service, ways)| (*service, (*service, ways))));
    for workload in cluster.workloads() {
        let labels = pod_labels(workload, ctx.strict);
        let ways = services.select(workload.namespace_or_default(), [labels], None);
        for (service, way) in ways.flat_map(|(service, ways)| ways.iter().map(move |way| (service, way))).take(WAYS) {
            let (route, destination) = way.place;
            let host = Path::root().fields("spec.http").index(route);
            let host = host.key("routes").index(destination).fields("destination.host");
            let finding = Finding::new().related_at(way.virtual_service, Paths::review(vec![host]));
            sink.push_on(workload, finding.related(way.front).related(way.gateway).related(*service));
        }
    }
}

fn by_name<'a>(objects: &[Object<'a>]) -> ByName<'a> {
    let mut map = ByName::new();
    for object in objects {
        if let (Some(namespace), Some(name)) = (object.namespace(), object.name()) {
            map.entry((namespace, name)).or_default().push(*object);
        }
    }
    map
}

/// The Service before each Gateway that has one, by the Gateway's handle, and whether several could be it.
fn fronts<'a>(cluster: &Cluster<'a>) -> HashMap<u32, (Object<'a>, bool)> {
    let mut by_label: HashMap<&str, Vec<Object<'a>>> = HashMap::new();
    for service in cluster.kind("Service").iter().filter(|service| service.namespace() == Some("istio-system")) {
        for value in service.labels().into_iter().flat_map(Node::children).filter_map(Node::str) {
            by_label.entry(value).or_default().push(*service);
        }
    }
    let mut fronts = HashMap::new();
    for gateway in cluster.kind("Gateway") {
        let is_public = gateway.name().is_some_and(|name| name.ends_with("public"));
        let wanted = gateway.at(&["spec", "selector"]).into_iter().flat_map(Node::children).filter_map(Node::str);
        let found = wanted.filter_map(|value| by_label.get(value)).flatten();
        let mut found = found.filter(|service| is_public || is_exposed(**service));
        if let Some(front) = found.next() {
            let ambiguous = found.any(|other| other.handle() != front.handle());
            fronts.insert(gateway.handle(), (*front, ambiguous));
        }
    }
    fronts
}

/// The Gateways that a virtual service is bound to: `namespace/name`, or a name in its own namespace.
fn gateways_of<'a>(virtual_service: Object<'a>, gateways: &ByName<'a>) -> impl Iterator<Item = Object<'a>> {
    let listed = virtual_service.at(&["spec", "gateways"]).into_iter().flat_map(Node::items).filter_map(Node::str);
    let own = virtual_service.namespace_or_default();
    listed.filter_map(move |text| gateways.get(&text.split_once('/').unwrap_or((own, text)))).flatten().copied()
}

/// The hosts that a virtual service sends to, with their places.
fn hosts(virtual_service: Object<'_>) -> impl Iterator<Item = ((usize, usize), &str)> {
    let http = virtual_service.at(&["spec", "http"]).into_iter().flat_map(Node::items).enumerate();
    http.flat_map(|(at, http)| {
        let routes = http.get("route").into_iter().flat_map(Node::items).enumerate();
        routes.filter_map(move |(inner, route)| Some(((at, inner), route.str_at(&["destination", "host"])?)))
    })
}

/// The Services that a host names: `name`, `name.namespace` or a longer name.
fn destination<'a, 's>(host: &'s str, virtual_service: Object<'a>, services: &'s ByName<'a>) -> &'s [Object<'a>] {
    let mut parts = host.split('.');
    let name = parts.next().unwrap_or_default();
    let namespace = parts.next().unwrap_or_else(|| virtual_service.namespace_or_default());
    services.get(&(namespace, name)).map_or(&[], Vec::as_slice)
}
