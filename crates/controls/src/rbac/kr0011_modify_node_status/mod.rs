//! Subjects that may write the status of nodes.

use crate::rbac::grants::{CORE, Right, rule};
use crate::rbac::staged::{Leg, Names, Order, Place, Staged};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&NODE_STATUS];

static NODE_STATUS: Rule = rule("modify-node-status-v1", |grant, _, sink| STAGED.check(grant, sink));

static STAGED: Staged = Staged {
    place: Place::Cluster,
    order: Order::Sorted,
    legs: &[Leg {
        right: Right { verbs: &["update", "patch"], groups: CORE, resources: &["nodes/status", "*/status"] },
        names: Names::Any,
    }],
};
