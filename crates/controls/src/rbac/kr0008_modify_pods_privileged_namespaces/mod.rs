//! Subjects that may change pods of kube-system.

use crate::rbac::grants::{CORE, Right, rule};
use crate::rbac::staged::{Leg, Names, Order, Place, Staged};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&MODIFY_PODS];

static MODIFY_PODS: Rule = rule("modify-privileged-pods-v1", |grant, _, sink| STAGED.check(grant, sink));

static STAGED: Staged = Staged {
    place: Place::Privileged,
    order: Order::Listed,
    legs: &[Leg {
        right: Right { verbs: &["update", "patch"], groups: CORE, resources: &["pods"] },
        names: Names::All,
    }],
};
