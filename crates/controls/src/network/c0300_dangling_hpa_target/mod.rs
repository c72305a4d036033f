//! HorizontalPodAutoscalers whose target does not exist.

use ks_control::{Check, Cluster, Context, Finding, Match, Rule, Sink};
use std::collections::HashSet;

pub(crate) static RULES: &[&Rule] = &[&HPA_HAS_TARGET];

static HPA_HAS_TARGET: Rule = Rule::new("hpa-has-target", MATCHES, Check::Join { reads: READS, run: dangling });

static MATCHES: &[Match] = &[
    Match::new(&["autoscaling"], &["*"], &["HorizontalPodAutoscaler"]),
    Match::new(&["apps"], &["v1"], &["Deployment", "ReplicaSet", "StatefulSet"]),
    Match::new(&[""], &["v1"], &["ReplicationController"]),
];
static READS: &[&str] = &["spec.scaleTargetRef.kind", "spec.scaleTargetRef.name"];

/// The kinds whose objects are all known; a target of another kind may well exist.
const SCALABLE: [&str; 4] = ["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"];

fn dangling<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    let targets = SCALABLE.into_iter().flat_map(|kind| cluster.kind(kind));
    let targets: HashSet<_> =
        targets.filter_map(|object| Some((object.kind(), object.namespace_or_default(), object.name()?))).collect();
    for scaler in cluster.kind("HorizontalPodAutoscaler") {
        let target = |key| scaler.at(&["spec", "scaleTargetRef", key]);
        let kind = target("kind").and_then(|kind| kind.str()).filter(|kind| SCALABLE.contains(kind));
        let (Some(kind), Some(name)) = (kind, target("name")) else { continue };
        if !targets.contains(&(kind, scaler.namespace_or_default(), name.text())) {
            sink.push_on(*scaler, Finding::new().failed(name.path()));
        }
    }
}
