//! From workloads over ServiceAccounts and bindings to roles: what C-0267 and C-0272 have in common.

use super::service_accounts::{SERVICE_ACCOUNT, ServiceAccounts, WAYS, is_mounted};
use ks_control::{Cluster, Match, RBAC, WORKLOADS};
use ks_object::{Node, Object};
use std::collections::HashMap;

/// Workloads, ServiceAccounts, roles and bindings.
pub(crate) static MATCHES: &[Match] = &[WORKLOADS[0], SERVICE_ACCOUNT, WORKLOADS[1], WORKLOADS[2], RBAC[0]];

/// What [`grants`] and role predicates read.
pub(crate) static READS: &[&str] = &[
    "$pod.serviceAccountName",
    "$pod.automountServiceAccountToken",
    "automountServiceAccountToken",
    "roleRef.kind",
    "roleRef.name",
    "subjects",
    "rules.apiGroups",
    "rules.resources",
    "rules.verbs",
];

/// A role given to a ServiceAccount.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grant<'a> {
    /// The RoleBinding or ClusterRoleBinding.
    pub(crate) binding: Object<'a>,
    /// The entry of its `subjects` that is the ServiceAccount.
    pub(crate) subject: Node<'a>,
    /// The role.
    pub(crate) role: Object<'a>,
}

/// Which roles are looked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    /// Whether a rule of the role is dangerous.
    pub(crate) rule: fn(Node<'_>) -> bool,
    /// Whether the kind in `roleRef` is compared with the role's.
    pub(crate) same_kind: bool,
}

/// Calls `found` with every workload that has a token of a ServiceAccount with a wanted role.
pub(crate) fn each<'a>(
    cluster: &Cluster<'a>,
    wanted: Wanted,
    mut found: impl FnMut(Object<'a>, Object<'a>, Grant<'a>),
) {
    let grants = grants(cluster, wanted);
    let accounts = ServiceAccounts::new(cluster);
    for pod in cluster.workloads().filter_map(|workload| workload.pod()) {
        for account in accounts.of(&pod).iter().filter(|account| is_mounted(&pod, **account)) {
            let key = account.namespace().zip(account.name());
            for grant in key.and_then(|key| grants.get(&key)).into_iter().flatten().take(WAYS) {
                found(pod.object(), *account, *grant);
            }
        }
    }
}

/// Whether a list of a role's rule has one of these values.
pub(crate) fn lists(rule: Node<'_>, key: &str, values: &[&str]) -> bool {
    rule.get(key).is_some_and(|list| values.iter().any(|value| list.contains(value)))
}

/// The wanted roles of each ServiceAccount, by its namespace and name.
fn grants<'a>(cluster: &Cluster<'a>, wanted: Wanted) -> HashMap<(&'a str, &'a str), Vec<Grant<'a>>> {
    let mut roles: HashMap<&str, Vec<Object<'a>>> = HashMap::new();
    for role in ["Role", "ClusterRole"].into_iter().flat_map(|kind| cluster.kind(kind)) {
        let mut rules = role.at(&["rules"]).into_iter().flat_map(Node::items);
        if let Some(name) = role.name().filter(|_| rules.any(wanted.rule)) {
            roles.entry(name).or_default().push(*role);
        }
    }
    let mut grants: HashMap<_, Vec<_>> = HashMap::new();
    for binding in ["RoleBinding", "ClusterRoleBinding"].into_iter().flat_map(|kind| cluster.kind(kind)) {
        let named = binding.node().str_at(&["roleRef", "name"]).and_then(|name| roles.get(name));
        let Some(role) = named.and_then(|roles| role_of(*binding, roles, wanted.same_kind)) else { continue };
        for subject in binding.at(&["subjects"]).into_iter().flat_map(Node::items) {
            if subject.str_at(&["kind"]) == Some("ServiceAccount")
                && let (Some(namespace), Some(name)) = (subject.str_at(&["namespace"]), subject.str_at(&["name"]))
            {
                grants.entry((namespace, name)).or_default().push(Grant { binding: *binding, subject, role });
            }
        }
    }
    grants
}

/// The role that a binding means, out of those that it names. When it means none of them, one counts all the same:
/// namespaces are no reason to pass.
fn role_of<'a>(binding: Object<'a>, roles: &[Object<'a>], same_kind: bool) -> Option<Object<'a>> {
    let kind = binding.node().str_at(&["roleRef", "kind"]);
    let meant = |role: &&Object<'a>| {
        Some(role.kind()) == kind && (role.kind() == "ClusterRole" || role.same_namespace(&binding))
    };
    let named = |role: &&Object<'a>| !same_kind || Some(role.kind()) == kind;
    roles.iter().find(meant).or_else(|| roles.iter().find(named)).copied()
}
