//! Subjects that may write rights into roles which they do not have.

use crate::rbac::grants::{Right, rule};
use crate::rbac::staged::{Leg, Names, Order, Place, Staged};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&ESCALATE];

static ESCALATE: Rule = rule("escalate-roles-clusterroles-v1", |grant, _, sink| STAGED.check(grant, sink));

static STAGED: Staged = Staged {
    place: Place::Anywhere,
    order: Order::Listed,
    legs: &[Leg {
        right: Right {
            verbs: &["escalate"],
            groups: &["rbac.authorization.k8s.io"],
            resources: &["roles", "clusterroles"],
        },
        names: Names::All,
    }],
};
