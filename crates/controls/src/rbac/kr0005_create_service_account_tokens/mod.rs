//! Subjects that may ask for tokens of service accounts.

use crate::rbac::grants::{CORE, Right, rule};
use crate::rbac::staged::{Leg, Names, Order, Place, Staged};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&CREATE_TOKENS];

static CREATE_TOKENS: Rule = rule("create-serviceaccount-token-v1", |grant, _, sink| STAGED.check(grant, sink));

static STAGED: Staged = Staged {
    place: Place::Anywhere,
    order: Order::Listed,
    legs: &[Leg {
        right: Right { verbs: &["create"], groups: CORE, resources: &["serviceaccounts/token"] },
        names: Names::Any,
    }],
};
