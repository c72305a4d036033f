//! Bindings that give every authenticated caller a role with sensitive resources.

use crate::rbac::grants::{finding, hits, in_binding, rule};
use ks_control::{Context, Grant, Rule, Sink};
use ks_object::Path;

pub(crate) static RULES: &[&Rule] = &[&SYSTEM_AUTHENTICATED];

static SYSTEM_AUTHENTICATED: Rule = rule("system-authenticated-allowed-to-take-over-cluster", system_authenticated);

/// Resources that lead to the cluster. Two are spelled in the singular, which no role does; they stay for equal results.
const SENSITIVE: &[&str] = &[
    "pods",
    "pods/exec",
    "pods/attach",
    "pods/portforward",
    "deployments",
    "statefulset",
    "daemonset",
    "jobs",
    "cronjobs",
    "nodes",
    "secrets",
];

/// All subjects of the binding fail, not the group alone, and two of three paths lead nowhere: reports are compared
/// with those of other scanners.
fn system_authenticated<'a>(grant: &Grant<'a>, _: &Context, sink: &mut Sink<'a>) {
    let sensitive = grant.rules().any(|rule| hits(rule, "resources", SENSITIVE).next().is_some());
    if !sensitive || !same_reach(grant) {
        return;
    }
    for subject in grant.subjects() {
        let everybody = ("Group", "system:authenticated");
        if subject.str_at(&["kind"]).zip(subject.str_at(&["name"])) == Some(everybody) {
            let nowhere = Path::verbatim("relatedObjects[1].roleRef.name");
            sink.push(finding([Path::root(), in_binding(subject), nowhere]));
        }
    }
}

/// A Role bound in its namespace or a ClusterRole bound for the cluster; a ClusterRole bound in a namespace is not
/// looked at.
fn same_reach(grant: &Grant<'_>) -> bool {
    let group = grant.binding.node().str_at(&["roleRef", "apiGroup"]);
    let reach = match (grant.binding.kind(), grant.role.kind()) {
        ("RoleBinding", "Role") => grant.binding.same_namespace(&grant.role),
        ("ClusterRoleBinding", "ClusterRole") => true,
        _ => false,
    };
    reach && group.is_some_and(|group| grant.role.api_version().starts_with(group))
}
