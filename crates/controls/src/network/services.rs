//! Which Services send traffic to which workloads.

use super::selectors::{Selector, Selectors};
use ks_control::{External, Match, SERVICE, WORKLOADS};
use ks_object::{Kind, Node, Object};
use serde_json::{Map, Value};
use std::collections::HashSet;

/// At most so many ways to reach one workload are listed. It fails by the first; listing every pair of thousands of
/// workloads and Services that all have the same label would help nobody.
pub(crate) const WAYS: usize = 20;

/// Workloads and Services.
pub(crate) static WORKLOADS_AND_SERVICES: &[Match] = &[WORKLOADS[0], WORKLOADS[1], WORKLOADS[2], SERVICE[0]];

/// Services by their selectors. Those without a selector select nothing and are left out.
pub(crate) fn by_selector<'a, T>(services: impl IntoIterator<Item = (Object<'a>, T)>) -> Selectors<'a, T> {
    Selectors::new(services.into_iter().filter_map(|(service, item)| {
        let selector = selector(service)?;
        Some((Some(service.namespace_or_default()), Selector::Labels(selector), item))
    }))
}

/// The selector of a Service, when it is a map.
pub(crate) fn selector(service: Object<'_>) -> Option<Node<'_>> {
    service.at(&["spec", "selector"]).filter(|selector| selector.kind() == Kind::Map)
}

/// Whether a Service opens a port to the world outside of the cluster by itself.
pub(crate) fn is_exposed(service: Object<'_>) -> bool {
    matches!(service.node().str_at(&["spec", "type"]), Some("NodePort" | "LoadBalancer"))
}

/// The labels by which Services find the pods of a workload; of a CronJob only with `strict`.
pub(crate) fn pod_labels(workload: Object<'_>, strict: bool) -> Option<Node<'_>> {
    if workload.kind() == "CronJob" && !strict {
        return None;
    }
    workload.template_labels()
}

/// `spec.selector.matchLabels` of a workload.
pub(crate) fn match_labels(workload: Object<'_>) -> Option<Node<'_>> {
    workload.at(&["spec", "selector", "matchLabels"])
}

/// A workload as the subject of a finding together with Services, for rules that report the pair.
pub(crate) fn pair(workload: Object<'_>, services: Vec<u32>, related_is_object: bool) -> External {
    let fields = [("kind", Some(workload.kind())), ("name", workload.name()), ("namespace", workload.namespace())];
    let body: Map<String, Value> =
        fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), Value::from(value?)))).collect();
    External { body, related: services, related_is_object }
}

/// The namespaces and names of objects, for references that must lead to one.
pub(crate) fn known<'a>(objects: &[Object<'a>]) -> HashSet<(&'a str, &'a str)> {
    objects.iter().filter_map(|object| Some((object.namespace_or_default(), object.name()?))).collect()
}

#[cfg(test)]
#[expect(clippy::panic, reason = "tests fail by panicking")]
mod tests {
    use super::super::selectors::tests::COMPARED;
    use super::WAYS;
    use crate::network::{
        c0021_exposed_sensitive_interfaces as c0021, c0030_ingress_egress_blocked as c0030,
        c0042_ssh_server_running_inside_container as c0042, c0049_network_mapping as c0049,
        c0256_external_facing as c0256, c0260_missing_network_policy as c0260,
        c0266_exposure_internet_via_gateway_api as c0266, c0274_verify_authenticated_service as c0274,
        c0293_service_no_workload as c0293, c0298_dangling_ingress_backend as c0298,
        c0299_dangling_networkpolicy as c0299, c0302_dangling_gateway_api_backend as c0302,
    };
    use ks_control::{Check, Cluster, Context, Rule, Sink};
    use ks_object::{Object, Tree, from_json};
    use serde_json::{Value, json};

    const MANY: usize = 2_000;

    fn meta(name: &str, labels: &Value) -> Value {
        json!({"name": name, "namespace": "shop", "labels": labels})
    }

    /// A workload and everything that leads to it.
    fn objects(at: usize, labels: &Value) -> Vec<Value> {
        let name = format!("web-{at}");
        let backend = json!({"backend": {"service": {"name": name}}});
        vec![
            json!({"apiVersion": "v1", "kind": "Pod", "metadata": meta(&name, labels), "spec": {}}),
            json!({"apiVersion": "v1", "kind": "Service", "metadata": meta(&name, labels),
                "spec": {"selector": labels, "type": if at.is_multiple_of(2) { "NodePort" } else { "ClusterIP" }, "ports": [{"port": 22}]}}),
            json!({"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": meta(&name, labels),
                "spec": {"rules": [{"http": {"paths": [backend]}}]}}),
            json!({"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": meta(&name, labels),
                "spec": {"podSelector": {"matchLabels": labels}}}),
            json!({"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": meta(&name, labels),
                "spec": {"rules": [{"backendRefs": [{"kind": "Service", "name": name}]}]}}),
            json!({"apiVersion": "kubescape.io/v1", "kind": "ServiceScanResult", "metadata": meta(&name, labels),
                "spec": {"ports": [{"authenticated": false}]}}),
        ]
    }

    fn findings(rule: &Rule, trees: &[Tree]) -> usize {
        let roots = trees.iter().filter_map(Tree::root).zip(0..);
        let objects = roots.map(|(node, handle)| Object::new(node, handle));
        let cluster = Cluster::new(objects.filter(|one| rule.covers(one.group(), one.version(), one.kind())));
        let Check::Join { run, .. } = rule.check else { panic!("{} is no join", rule.name) };
        let mut sink = Sink::default();
        run(&cluster, &Context::default(), &mut sink);
        sink.into_parts().0.len()
    }

    /// Many workloads, Services, policies and routes in one namespace, each with labels of its own or all alike.
    #[test]
    fn work_grows_with_objects_and_not_with_their_pairs() {
        let alike = json!({"app": "web"});
        let own = |at: usize| json!({"app": "web", "instance": format!("i{at}")});
        let worlds: [Vec<Tree>; 2] = [
            (0..MANY).flat_map(|at| objects(at, &own(at))).map(|value| from_json(&value)).collect(),
            (0..MANY).flat_map(|at| objects(at, &alike)).map(|value| from_json(&value)).collect(),
        ];
        let controls = [
            c0021::RULES,
            c0030::RULES,
            c0042::RULES,
            c0049::RULES,
            c0256::RULES,
            c0260::RULES,
            c0266::RULES,
            c0274::RULES,
            c0293::RULES,
            c0298::RULES,
            c0299::RULES,
            c0302::RULES,
        ];
        for (world, ways) in worlds.iter().zip([1, WAYS]) {
            for rule in controls.into_iter().flatten() {
                COMPARED.set(0);
                let findings = findings(rule, world);
                assert!(COMPARED.get() <= 8 * MANY, "{}: {} comparisons", rule.name, COMPARED.get());
                assert!(findings <= 2 * ways * MANY, "{}: {findings} findings", rule.name);
            }
        }
    }
}
