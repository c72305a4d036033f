//! Workloads whose ServiceAccount may do everything.

use crate::rbac::service_accounts::is_placed_workload;
use crate::rbac::takeover::{MATCHES, READS, Wanted, each, lists};
use ks_control::{Check, Cluster, Context, Counts, Finding, Needs, Paths, Rule, Sink};
use ks_object::{Node, Path};

pub(crate) static RULES: &[&Rule] = &[&WORKLOAD_WITH_ADMINISTRATIVE_ROLES];

static WORKLOAD_WITH_ADMINISTRATIVE_ROLES: Rule = Rule {
    counts: Counts::If(|object, _| is_placed_workload(object)),
    needs: Needs::NameAndNamespace,
    ..Rule::new("workload-with-administrative-roles", MATCHES, Check::Join { reads: READS, run: administrative })
};

fn administrative<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    each(cluster, Wanted { rule: is_administrative, same_kind: false }, |workload, account, grant| {
        let review = vec![Path::root().key("roleRef")];
        let paths = Paths { review, delete: vec![grant.subject.path()], ..Paths::default() };
        let finding = Finding::new().related(account).related_at(grant.binding, paths).related(grant.role);
        sink.push_on(workload, finding);
    });
}

fn is_administrative(rule: Node<'_>) -> bool {
    lists(rule, "resources", &["*"]) && lists(rule, "verbs", &["*"]) && lists(rule, "apiGroups", &["", "*"])
}
