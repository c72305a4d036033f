//! Subjects that are bound to `cluster-admin` in the whole cluster.

use crate::rbac::grants::{CORE, Right, rule};
use ks_control::{Context, Grant, Rule, Sink};

pub(crate) static RULES: &[&Rule] = &[&CLUSTER_ADMIN];

static CLUSTER_ADMIN: Rule = rule("cluster-admin-role", cluster_admin);

/// Everything: `*` alone counts as a verb and as a resource.
static RIGHT: Right = Right { verbs: &[], groups: CORE, resources: &[] };

fn cluster_admin<'a>(grant: &Grant<'a>, _: &Context, sink: &mut Sink<'a>) {
    if grant.binding.kind() == "ClusterRoleBinding" && grant.role.name() == Some("cluster-admin") {
        RIGHT.check_deletable(grant, sink);
    }
}
