//! Subjects that may run pods as service accounts of kube-system.

use crate::rbac::grants::{CORE, Right, rule};
use crate::rbac::staged::{Leg, Names, Order, Place, Staged};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&ASSIGN];

static ASSIGN: Rule = rule("assign-serviceaccount-to-pod-v1", |grant, _, sink| STAGED.check(grant, sink));

static STAGED: Staged = Staged {
    place: Place::Privileged,
    order: Order::Listed,
    legs: &[
        Leg { right: Right { verbs: &["create"], groups: CORE, resources: &["pods"] }, names: Names::All },
        write(&["batch"], BATCH),
        edit(&["batch"], BATCH),
        write(&["apps"], APPS),
        edit(&["apps"], APPS),
        write(CORE, REPLICATION),
        edit(CORE, REPLICATION),
    ],
};

const BATCH: &[&str] = &["cronjobs", "jobs"];
const APPS: &[&str] = &["daemonsets", "statefulsets", "deployments", "replicasets"];
const REPLICATION: &[&str] = &["replicationcontrollers"];

/// Making or changing what makes pods.
const fn write(groups: &'static [&'static str], resources: &'static [&'static str]) -> Leg {
    Leg { right: Right { verbs: &["create", "update", "patch"], groups, resources }, names: Names::All }
}

/// Changing those of given names: `create` knows no name.
const fn edit(groups: &'static [&'static str], resources: &'static [&'static str]) -> Leg {
    Leg { right: Right { verbs: &["update", "patch"], groups, resources }, names: Names::Named }
}
