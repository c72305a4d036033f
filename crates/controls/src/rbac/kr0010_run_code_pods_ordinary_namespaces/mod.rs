//! Subjects that may run code in pods of a namespace.

use crate::rbac::grants::{CORE, Right, rule};
use crate::rbac::staged::{Leg, Names, Order, Place, Staged};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RUN_CODE];

static RUN_CODE: Rule = rule("weak-namespace-pod-rce-v1", |grant, _, sink| STAGED.check(grant, sink));

static STAGED: Staged = Staged {
    place: Place::Ordinary,
    order: Order::Listed,
    legs: &[
        Leg { right: Right { verbs: &["update", "patch"], groups: CORE, resources: &["pods"] }, names: Names::All },
        Leg {
            right: Right { verbs: &["create"], groups: CORE, resources: &["pods/exec", "pods/*"] },
            names: Names::All,
        },
    ],
};
