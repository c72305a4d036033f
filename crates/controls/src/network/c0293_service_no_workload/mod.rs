//! Services whose selector selects no workload.

use crate::network::selectors::{Selector, Selectors};
use crate::network::services::selector;
use ks_control::{Check, Cluster, Context, Finding, Match, Rule, SERVICE, Sink, WORKLOADS_AND_RC};
use ks_object::{Node, Object};

pub(crate) static RULES: &[&Rule] = &[&SERVICE_WITH_NO_WORKLOAD];

static SERVICE_WITH_NO_WORKLOAD: Rule =
    Rule::new("service-with-no-workload", MATCHES, Check::Join { reads: READS, run: idle_services });

static MATCHES: &[Match] = &[SERVICE[0], WORKLOADS_AND_RC[0], WORKLOADS_AND_RC[1], WORKLOADS_AND_RC[2]];
static READS: &[&str] = &["$template.metadata.labels", "spec.selector", "spec.type"];

fn idle_services<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    let services = cluster.kind("Service").iter().filter_map(|service| {
        let selector = selector(*service).filter(|selector| !selector.is_empty())?;
        let external = service.node().str_at(&["spec", "type"]) == Some("ExternalName");
        (!external).then_some((Some(service.namespace_or_default()), Selector::Labels(selector), (*service, selector)))
    });
    for (service, selector) in Selectors::new(services).idle(pods(cluster)) {
        sink.push_on(service, Finding::new().failed(selector.path()));
    }
}

/// Namespace and labels of the pods of every workload whose pods have metadata.
pub(crate) fn pods<'a>(cluster: &Cluster<'a>) -> impl Iterator<Item = (&'a str, Option<Node<'a>>)> {
    let labels = |workload: Object<'a>| Some(workload.template()?.get("metadata")?.get("labels"));
    cluster.workloads().filter_map(move |workload| Some((workload.namespace_or_default(), labels(workload)?)))
}
