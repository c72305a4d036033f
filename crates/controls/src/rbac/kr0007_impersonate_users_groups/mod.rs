//! Subjects that may act as anybody.

use crate::rbac::grants::{CORE, Right, rule};
use crate::rbac::staged::{Leg, Names, Order, Place, Staged};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&IMPERSONATE];

static IMPERSONATE: Rule = rule("impersonate-users-groups-v1", |grant, _, sink| STAGED.check(grant, sink));

static STAGED: Staged = Staged {
    place: Place::Anywhere,
    order: Order::Listed,
    legs: &[
        Leg {
            right: Right { verbs: &["impersonate"], groups: CORE, resources: &["users", "groups", "serviceaccounts"] },
            names: Names::All,
        },
        Leg {
            right: Right {
                verbs: &["impersonate"],
                groups: &["authentication.k8s.io"],
                resources: &["uids", "userextras/*"],
            },
            names: Names::All,
        },
    ],
};
