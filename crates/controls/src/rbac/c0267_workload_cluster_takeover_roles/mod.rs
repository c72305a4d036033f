//! Workloads whose ServiceAccount may start pods or read secrets.

use crate::rbac::service_accounts::is_placed_workload;
use crate::rbac::takeover::{MATCHES, READS, Wanted, each, lists};
use ks_control::{Check, Cluster, Context, Counts, Finding, Needs, Paths, Rule, Sink};
use ks_object::Node;

pub(crate) static RULES: &[&Rule] = &[&WORKLOAD_WITH_CLUSTER_TAKEOVER_ROLES];

static WORKLOAD_WITH_CLUSTER_TAKEOVER_ROLES: Rule = Rule {
    counts: Counts::If(|object, _| is_placed_workload(object)),
    needs: Needs::NameAndNamespace,
    ..Rule::new("workload-with-cluster-takeover-roles", MATCHES, Check::Join { reads: READS, run: takeover })
};

fn takeover<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    each(cluster, Wanted { rule: takes_over, same_kind: true }, |workload, account, grant| {
        let subject = Paths { delete: vec![grant.subject.path()], ..Paths::default() };
        let finding = Finding::new().related(account).related_at(grant.binding, subject).related(grant.role);
        sink.push_on(workload, finding);
    });
}

fn takes_over(rule: Node<'_>) -> bool {
    let may = |resource, verbs| lists(rule, "resources", &[resource, "*"]) && lists(rule, "verbs", verbs);
    lists(rule, "apiGroups", &["", "*"])
        && (may("pods", &["create", "update", "patch", "*"]) || may("secrets", &["get", "list", "watch", "*"]))
}
