//! Workloads that mount ConfigMaps.

use super::mounts::Source;
use ks_control::{Check, Cluster, Context, Match, Rule, Sink};

pub(crate) static RULES: &[&Rule] = &[&MOUNTED_CONFIGMAP];

const CONFIG_MAP: Source = Source { kind: "ConfigMap", volume: "configMap", name: "name" };

static MOUNTED_CONFIGMAP: Rule = Rule::new(
    "workload-mounted-configmap",
    &[
        Match::new(&[""], &["v1"], &["Pod", "ConfigMap"]),
        Match::new(&["apps"], &["v1"], &["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"]),
        Match::new(&["batch"], &["*"], &["Job", "CronJob"]),
    ],
    Check::Join {
        reads: &["$pod.volumes.name", "$pod.volumes.configMap.name", "$pod.containers.volumeMounts.name"],
        run: mounted_configmap,
    },
);

fn mounted_configmap<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    CONFIG_MAP.report(cluster, sink);
}
