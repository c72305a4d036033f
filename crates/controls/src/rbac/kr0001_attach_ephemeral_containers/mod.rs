//! Subjects that may add debug containers to running pods.

use crate::rbac::grants::{CORE, Right, rule};
use crate::rbac::staged::{Leg, Names, Order, Place, Staged};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&ATTACH];

static ATTACH: Rule = rule("attach-ephemeral-container-v1", |grant, _, sink| STAGED.check(grant, sink));

static STAGED: Staged = Staged {
    place: Place::Anywhere,
    order: Order::Listed,
    legs: &[Leg {
        right: Right { verbs: &["update", "patch"], groups: CORE, resources: &["pods/ephemeralcontainers", "pods/*"] },
        names: Names::All,
    }],
};
