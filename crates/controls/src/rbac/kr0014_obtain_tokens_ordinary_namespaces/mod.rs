//! Subjects that may get hold of service account tokens of a namespace.

use crate::rbac::grants::{CORE, Right, rule};
use crate::rbac::staged::{Leg, Names, Order, Place, Staged};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&OBTAIN_TOKENS];

static OBTAIN_TOKENS: Rule = rule("weak-namespace-token-access-v1", |grant, _, sink| STAGED.check(grant, sink));

static STAGED: Staged = Staged {
    place: Place::Ordinary,
    order: Order::Sorted,
    legs: &[
        Leg {
            right: Right { verbs: &["create"], groups: CORE, resources: &["serviceaccounts/token", "*/token"] },
            names: Names::Any,
        },
        Leg {
            right: Right {
                verbs: &["get", "list", "create", "update", "patch"],
                groups: CORE,
                resources: &["secrets"],
            },
            names: Names::All,
        },
        Leg {
            right: Right { verbs: &["get", "update", "patch"], groups: CORE, resources: &["secrets"] },
            names: Names::Named,
        },
    ],
};
