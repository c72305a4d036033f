//! Services that send SSH traffic to pods.

use crate::network::services::{WAYS, WORKLOADS_AND_SERVICES, by_selector, pair};
use ks_control::{Check, Cluster, Context, Counts, Finding, Needs, Rule, Sink};
use ks_object::{Node, Object};

pub(crate) static RULES: &[&Rule] = &[&CAN_SSH_TO_POD];

static CAN_SSH_TO_POD: Rule = Rule {
    counts: Counts::Reported,
    needs: Needs::NameAndNamespace,
    ..Rule::new("rule-can-ssh-to-pod-v1", WORKLOADS_AND_SERVICES, Check::Join { reads: READS, run: ssh_services })
};

static READS: &[&str] = &["$template.metadata.labels", "spec.selector", "spec.ports.port", "spec.ports.targetPort"];

fn ssh_services<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    let services = cluster.kind("Service").iter().copied().filter(|service| service.namespace().is_some());
    let all = by_selector(services.clone().map(|service| (service, service.handle())));
    let ssh = by_selector(services.filter(|one| has_ssh_port(*one)).map(|service| (service, service.handle())));
    for workload in cluster.workloads() {
        let Some(namespace) = workload.namespace() else { continue };
        let Some(labels) = workload.template_labels() else { continue };
        // Controllers add it to their pods; nobody selects by it.
        let without = (workload.kind() == "Pod").then_some("pod-template-hash");
        for service in all.equal(namespace, Some(labels), without).take(WAYS) {
            sink.count_external(pair(workload, vec![*service], true));
        }
        for service in ssh.equal(namespace, Some(labels), without).take(WAYS) {
            sink.push_external(pair(workload, vec![*service], true), Finding::new().review(labels.path()));
        }
    }
}

fn has_ssh_port(service: Object<'_>) -> bool {
    let mut ports = service.at(&["spec", "ports"]).into_iter().flat_map(Node::items);
    let is_ssh = |port: Node<'_>, key| port.get(key).and_then(Node::int).is_some_and(|port| matches!(port, 22 | 2222));
    ports.any(|port| is_ssh(port, "port") || is_ssh(port, "targetPort"))
}
