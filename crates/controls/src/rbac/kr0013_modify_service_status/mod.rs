//! Subjects that may write the status of services.

use crate::rbac::grants::{CORE, Right, rule};
use crate::rbac::staged::{Leg, Names, Order, Place, Staged};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&SERVICE_STATUS];

static SERVICE_STATUS: Rule = rule("modify-service-status-v1", |grant, _, sink| STAGED.check(grant, sink));

static STAGED: Staged = Staged {
    place: Place::Anywhere,
    order: Order::Sorted,
    legs: &[Leg {
        right: Right { verbs: &["update", "patch"], groups: CORE, resources: &["services/status", "*/status"] },
        names: Names::Any,
    }],
};
