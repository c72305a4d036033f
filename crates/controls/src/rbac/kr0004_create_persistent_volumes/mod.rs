//! Subjects that may create volumes of any kind.

use crate::rbac::grants::{CORE, Right, rule};
use crate::rbac::staged::{Leg, Names, Order, Place, Staged};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&CREATE_VOLUMES];

static CREATE_VOLUMES: Rule = rule("create-persistentvolumes-v1", |grant, _, sink| STAGED.check(grant, sink));

static STAGED: Staged = Staged {
    place: Place::Anywhere,
    order: Order::Listed,
    legs: &[Leg {
        right: Right { verbs: &["create"], groups: CORE, resources: &["persistentvolumes"] },
        names: Names::Any,
    }],
};
