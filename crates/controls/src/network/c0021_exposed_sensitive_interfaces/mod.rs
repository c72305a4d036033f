//! Management interfaces that a Service opens to the outside.

use crate::network::services::{WAYS, WORKLOADS_AND_SERVICES, by_selector, is_exposed, match_labels, pair, selector};
use ks_control::{Check, Cluster, Context, Counts, Finding, Needs, Rule, Sink};
use ks_object::{Object, Path};

pub(crate) static RULES: &[&Rule] = &[&EXPOSED_SENSITIVE_INTERFACES];

static EXPOSED_SENSITIVE_INTERFACES: Rule = Rule {
    counts: Counts::Reported,
    needs: Needs::NameAndNamespace,
    inputs: &["sensitiveInterfaces"],
    ..Rule::new("exposed-sensitive-interfaces-v1", WORKLOADS_AND_SERVICES, Check::Join { reads: READS, run: exposed })
};

static READS: &[&str] = &["metadata.labels", "spec.selector", "spec.type", "status.loadBalancer.ingress.ip"];

fn exposed<'a>(cluster: &Cluster<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let sensitive = ctx.inputs.values("sensitiveInterfaces");
    let has_selector = |service: Object<'a>| selector(service).is_some_and(|selector| !selector.is_empty());
    let services = cluster.kind("Service").iter().copied();
    let services = services.filter(|service| service.namespace().is_some() && has_selector(*service));
    let all = by_selector(services.clone().map(|service| (service, service.handle())));
    let open = by_selector(services.filter(|one| is_reachable(*one)).map(|service| (service, service.handle())));
    for workload in cluster.workloads() {
        let (Some(name), Some(namespace)) = (workload.name(), workload.namespace()) else { continue };
        if !sensitive.iter().any(|part| name.contains(part.as_str())) {
            continue;
        }
        let labels = [workload.labels()];
        sink.count_external(pair(workload, all.select(namespace, labels, None).copied().collect(), false));
        for service in open.select(namespace, labels, match_labels(workload)).take(WAYS) {
            let path = |text| Path::root().fields(text);
            let finding = Finding::new().review(path("spec.selector.matchLabels")).review(path("spec.selector"));
            sink.push_external(pair(workload, vec![*service], false), finding);
        }
    }
}

/// Whether a Service has a port on every node or a load balancer with an address. A load balancer that is known by
/// its host name alone does not count.
fn is_reachable(service: Object<'_>) -> bool {
    if service.node().str_at(&["spec", "type"]) != Some("LoadBalancer") {
        return is_exposed(service);
    }
    let ingress = service.at(&["status", "loadBalancer", "ingress"]).and_then(|ingress| ingress.item(0));
    ingress.is_some_and(|ingress| ingress.get("ip").is_some())
}
