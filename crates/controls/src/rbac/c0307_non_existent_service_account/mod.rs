//! Workloads that run as a ServiceAccount that does not exist.

use crate::rbac::service_accounts::{SERVICE_ACCOUNT, ServiceAccounts};
use ks_control::{Check, Cluster, Context, Finding, Match, Rule, Sink, WORKLOADS_AND_RC};

pub(crate) static RULES: &[&Rule] = &[&NON_EXISTENT_SERVICE_ACCOUNT];

static NON_EXISTENT_SERVICE_ACCOUNT: Rule =
    Rule::new("non-existent-service-account", MATCHES, Check::Join { reads: READS, run: dangling });

static MATCHES: &[Match] = &[WORKLOADS_AND_RC[0], SERVICE_ACCOUNT, WORKLOADS_AND_RC[1], WORKLOADS_AND_RC[2]];
static READS: &[&str] = &["$pod.serviceAccountName"];

fn dangling<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    let accounts = ServiceAccounts::new(cluster);
    for pod in cluster.workloads().filter_map(|workload| workload.pod()) {
        let Some(name) = pod.get("serviceAccountName") else { continue };
        if !matches!(name.text(), "" | "default") && accounts.of(&pod).is_empty() {
            sink.push_on(pod.object(), Finding::new().failed(name.path()));
        }
    }
}
