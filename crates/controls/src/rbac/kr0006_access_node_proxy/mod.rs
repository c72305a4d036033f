//! Subjects that may talk to kubelets through the API server.

use crate::rbac::grants::{CORE, Right, rule};
use crate::rbac::staged::{Leg, Names, Order, Place, Staged};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&NODE_PROXY];

static NODE_PROXY: Rule = rule("node-proxy-access-v1", |grant, _, sink| STAGED.check(grant, sink));

static STAGED: Staged = Staged {
    place: Place::Anywhere,
    order: Order::Listed,
    legs: &[Leg {
        right: Right { verbs: &["get", "create", "update", "patch"], groups: CORE, resources: &["nodes/proxy"] },
        names: Names::All,
    }],
};
