//! Subjects that may delete workloads, services or secrets.

use crate::rbac::grants::{Right, rule};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&DELETE];

static DELETE: Rule = rule("rule-excessive-delete-rights-v1", |grant, _, sink| RIGHT.check(grant, sink));

static RIGHT: Right = Right {
    verbs: &["delete", "deletecollection"],
    groups: &["", "apps", "batch"],
    resources: &[
        "secrets",
        "pods",
        "services",
        "deployments",
        "replicasets",
        "daemonsets",
        "statefulsets",
        "jobs",
        "cronjobs",
    ],
};
