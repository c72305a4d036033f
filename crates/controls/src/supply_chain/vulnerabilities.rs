//! Pods and what image scans found in their images.

use ks_control::{Check, Cluster, ClusterCheck, Counts, External, Finding, Match, Needs, Rule, Sink};
use ks_object::{Node, Object, Path};
use serde_json::{Map, json};
use std::collections::{HashMap, HashSet};

/// Rules over pods and scanned images.
pub(crate) static PODS: &[Match] = &[Match::new(&[""], &["v1"], &["Pod"]), IMAGES];

/// Rules over services, pods and scanned images.
pub(crate) static EXPOSED_PODS: &[Match] = &[Match::new(&[""], &["v1"], &["Service", "Pod"]), IMAGES];

const IMAGES: Match = Match::new(&["armo.vuln.images", "image.vulnscan.com"], &["v1"], &["ImageVulnerabilities"]);

/// A rule that counts what [`judge`] finds scanned.
pub(crate) const fn rule(name: &'static str, matches: &'static [Match], run: ClusterCheck) -> Rule {
    let reads = &[
        "metadata.labels",
        "spec.containers.image",
        "spec.type",
        "spec.selector",
        "data.severity",
        "data.categories.isRce",
    ];
    let check = Check::Join { reads, run };
    Rule { counts: Counts::Reported, needs: Needs::Nothing, ..Rule::new(name, matches, check) }
}

/// Counts every scanned image of the pods that `takes` takes and reports those of which `is_bad` holds; it is given
/// the vulnerabilities.
pub(crate) fn judge<'a>(
    cluster: &Cluster<'a>,
    sink: &mut Sink<'a>,
    takes: impl Fn(&Object<'a>) -> bool,
    is_bad: impl Fn(Node<'a>) -> bool,
) {
    let scanned: HashMap<_, Vec<_>> = cluster.by_name("ImageVulnerabilities");
    if scanned.is_empty() {
        return;
    }
    for pod in cluster.kind("Pod").iter().filter(|pod| takes(pod)) {
        let containers = pod.at(&["spec", "containers"]).into_iter().flat_map(Node::items);
        for (index, container) in containers.enumerate() {
            let images = container.str_at(&["image"]).and_then(|image| scanned.get(image));
            for image in images.into_iter().flatten() {
                let Some(found) = image.at(&["data"]).filter(|found| !found.is_empty()) else { continue };
                let external = scanned_pod(*pod, *image);
                if is_bad(found) {
                    let status = Path::root().fields("status.containerStatuses").index(index).key("imageID");
                    sink.push_external(external.clone(), Finding::new().review(status));
                }
                sink.count_external(external);
            }
        }
    }
}

/// What stands for a pod and the scan of one of its images.
fn scanned_pod(pod: Object<'_>, image: Object<'_>) -> External {
    let metadata = json!({
        "name": pod.name().unwrap_or_default(),
        "namespace": pod.namespace().unwrap_or_default(),
    });
    External::new(Map::new())
        .with("apiVersion", "result.vulnscan.com/v1")
        .with("kind", "Pod")
        .with("metadata", metadata)
        .related([pod, image])
}

/// What the services that are open beyond the cluster select, by namespace.
pub(crate) struct Exposed<'a> {
    values: HashMap<&'a str, HashSet<&'a str>>,
}

impl<'a> Exposed<'a> {
    /// Reads the services.
    pub(crate) fn of(cluster: &Cluster<'a>) -> Self {
        let mut values: HashMap<_, HashSet<_>> = HashMap::new();
        for service in cluster.kind("Service") {
            let kind = service.at(&["spec", "type"]);
            let (Some(kind), Some(namespace)) = (kind, service.namespace()) else { continue };
            if kind.str() != Some("ClusterIP") {
                let selector = service.at(&["spec", "selector"]).into_iter().flat_map(Node::children);
                values.entry(namespace).or_default().extend(selector.filter_map(Node::str));
            }
        }
        Self { values }
    }

    /// Whether any label of a pod has a value that a selector names, under whichever key.
    pub(crate) fn has(&self, pod: &Object<'a>) -> bool {
        let Some(values) = pod.namespace().and_then(|namespace| self.values.get(namespace)) else { return false };
        let labels = pod.labels().into_iter().flat_map(Node::children);
        labels.filter_map(Node::str).any(|value| values.contains(value))
    }
}
