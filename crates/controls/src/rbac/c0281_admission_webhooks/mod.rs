//! Subjects that may change admission webhooks.

use crate::rbac::grants::{Right, rule};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&CHANGE_WEBHOOKS];

static CHANGE_WEBHOOKS: Rule = rule("rule-can-modify-admission-webhooks", |grant, _, sink| RIGHT.check(grant, sink));

static RIGHT: Right = Right {
    verbs: &["create", "update", "delete"],
    groups: &["admissionregistration.k8s.io"],
    resources: &["validatingwebhookconfigurations", "mutatingwebhookconfigurations"],
};
