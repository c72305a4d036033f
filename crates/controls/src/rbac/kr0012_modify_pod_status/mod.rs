//! Subjects that may write the status of pods.

use crate::rbac::grants::{CORE, Right, rule};
use crate::rbac::staged::{Leg, Names, Order, Place, Staged};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&POD_STATUS];

static POD_STATUS: Rule = rule("modify-pod-status-v1", |grant, _, sink| STAGED.check(grant, sink));

static STAGED: Staged = Staged {
    place: Place::Anywhere,
    order: Order::Sorted,
    legs: &[Leg {
        right: Right { verbs: &["update", "patch"], groups: CORE, resources: &["pods/status", "*/status"] },
        names: Names::Any,
    }],
};
