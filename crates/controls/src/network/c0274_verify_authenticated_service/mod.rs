//! Workloads behind Services on which a scan found a port that asks for no authentication.

use crate::network::selectors::{Selector, Selectors};
use crate::network::services::{match_labels, selector};
use ks_control::{Check, Cluster, Context, Finding, Match, Rule, SERVICE, Sink, WORKLOADS};
use ks_object::{Node, Object};
use std::collections::HashSet;

pub(crate) static RULES: &[&Rule] = &[&UNAUTHENTICATED_SERVICE];

static UNAUTHENTICATED_SERVICE: Rule =
    Rule::new("unauthenticated-service", MATCHES, Check::Join { reads: READS, run: unauthenticated });

static MATCHES: &[Match] = &[
    WORKLOADS[0],
    SERVICE[0],
    WORKLOADS[1],
    WORKLOADS[2],
    // The plural of the resource is irregular.
    Match::new(&["kubescape.io"], &["v1"], &["servicesscanresults", "ServiceScanResult"]),
];

static READS: &[&str] = &["metadata.labels", "spec.selector", "spec.ports.authenticated"];

fn unauthenticated<'a>(cluster: &Cluster<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let results = cluster.kind("ServiceScanResult").iter().copied().filter(|result| has_open_port(*result));
    let open: HashSet<(&str, &str)> =
        results.filter_map(|result| Some((result.namespace()?, result.name()?))).collect();
    let is_open =
        |service: &Object<'a>| service.namespace().zip(service.name()).is_some_and(|service| open.contains(&service));
    let services = cluster.kind("Service").iter().copied().filter(is_open).filter_map(|service| {
        // Namespaces of workload and Service are only compared with `--strict`.
        let namespace = ctx.strict.then(|| service.namespace_or_default());
        Some((namespace, Selector::Labels(selector(service)?), ()))
    });
    let services = Selectors::new(services);
    for workload in cluster.workloads() {
        let namespace = workload.namespace_or_default();
        let mut found = services.select(namespace, [workload.labels()], match_labels(workload));
        if found.next().is_some() {
            sink.push_on(workload, Finding::new());
        }
    }
}

fn has_open_port(result: Object<'_>) -> bool {
    let mut ports = result.at(&["spec", "ports"]).into_iter().flat_map(Node::items);
    ports.any(|port| port.get("authenticated").is_some_and(|authenticated| authenticated.is(false)))
}
