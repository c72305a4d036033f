//! Subjects that may delete events.

use crate::rbac::grants::{CORE, Right, rule};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&DELETE_EVENTS];

static DELETE_EVENTS: Rule = rule("rule-can-delete-k8s-events-v1", |grant, _, sink| RIGHT.check(grant, sink));

static RIGHT: Right = Right { verbs: &["delete", "deletecollection"], groups: CORE, resources: &["events"] };
