//! Workloads that mount the token of their ServiceAccount.

use crate::rbac::service_accounts::{SERVICE_ACCOUNT, ServiceAccounts, automount, opts_out};
use ks_control::{Check, Cluster, Context, Finding, Match, Rule, Sink, WORKLOADS};

pub(crate) static RULES: &[&Rule] = &[&AUTOMOUNT_SERVICE_ACCOUNT];

/// C-0190 runs it, too.
pub(crate) static AUTOMOUNT_SERVICE_ACCOUNT: Rule =
    Rule::new("automount-service-account", MATCHES, Check::Join { reads: READS, run: automounting });

static MATCHES: &[Match] = &[WORKLOADS[0], SERVICE_ACCOUNT, WORKLOADS[1], WORKLOADS[2]];
static READS: &[&str] =
    &["$pod.serviceAccountName", "$pod.automountServiceAccountToken", "automountServiceAccountToken"];

fn automounting<'a>(cluster: &Cluster<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let accounts = ServiceAccounts::new(cluster);
    for pod in cluster.workloads().filter_map(|workload| workload.pod()) {
        let mend = |finding: Finding| finding.set(pod.path().key("automountServiceAccountToken"), "false");
        match automount(&pod) {
            Some(false) => {}
            Some(true) => {
                let field = pod.path().key("automountServiceAccountToken");
                sink.push_on(pod.object(), mend(Finding::new().failed(field)));
            }
            None => {
                // A manifest without namespace may be meant for any; only `--strict` takes it as one for `default`.
                let known = accounts.of(&pod).iter().filter(|account| ctx.strict || account.namespace().is_some());
                if known.clone().next().is_none() || !known.copied().all(opts_out) {
                    sink.push_on(pod.object(), mend(Finding::new()));
                }
            }
        }
    }
}
