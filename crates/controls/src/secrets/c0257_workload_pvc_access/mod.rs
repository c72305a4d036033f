//! Workloads that mount PersistentVolumeClaims.

use super::mounts::Source;
use ks_control::{Check, Cluster, Context, Match, Rule, Sink};

pub(crate) static RULES: &[&Rule] = &[&MOUNTED_PVC];

const CLAIM: Source = Source { kind: "PersistentVolumeClaim", volume: "persistentVolumeClaim", name: "claimName" };

static MOUNTED_PVC: Rule = Rule {
    strict_matches: &[Match::new(&[""], &["v1"], &["PersistentVolumeClaim"])],
    ..Rule::new(
        "workload-mounted-pvc",
        // ConfigMap is no help to the check, but reports have always counted it here.
        &[
            Match::new(&[""], &["v1"], &["Pod", "ConfigMap"]),
            Match::new(&["apps"], &["v1"], &["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"]),
            Match::new(&["batch"], &["*"], &["Job", "CronJob"]),
        ],
        Check::Join {
            reads: &[
                "$pod.volumes.name",
                "$pod.volumes.persistentVolumeClaim.claimName",
                "$pod.containers.volumeMounts.name",
            ],
            run: mounted_pvc,
        },
    )
};

fn mounted_pvc<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    CLAIM.report(cluster, sink);
}
