//! Subjects that may create pods.

use crate::rbac::grants::{CORE, Right, rule};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&CREATE_PODS];

static CREATE_PODS: Rule = rule("rule-can-create-pod", |grant, _, sink| RIGHT.check(grant, sink));

static RIGHT: Right = Right { verbs: &["create"], groups: CORE, resources: &["pods"] };
