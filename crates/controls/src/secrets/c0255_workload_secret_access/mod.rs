//! Workloads that mount Secrets.

use super::mounts::Source;
use ks_control::{Check, Cluster, Context, Match, Rule, Sink};

pub(crate) static RULES: &[&Rule] = &[&MOUNTED_SECRETS];

const SECRET: Source = Source { kind: "Secret", volume: "secret", name: "secretName" };

static MOUNTED_SECRETS: Rule = Rule::new(
    "workload-mounted-secrets",
    &[
        Match::new(&[""], &["v1"], &["Pod", "Secret"]),
        Match::new(&["apps"], &["v1"], &["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"]),
        Match::new(&["batch"], &["*"], &["Job", "CronJob"]),
    ],
    Check::Join {
        reads: &["$pod.volumes.name", "$pod.volumes.secret.secretName", "$pod.containers.volumeMounts.name"],
        run: mounted_secrets,
    },
);

fn mounted_secrets<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    SECRET.report(cluster, sink);
}
