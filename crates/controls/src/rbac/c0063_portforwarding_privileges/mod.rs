//! Subjects that may open ports of pods.

use crate::rbac::grants::{CORE, Right, rule};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&PORT_FORWARD];

static PORT_FORWARD: Rule = rule("rule-can-portforward-v1", |grant, _, sink| RIGHT.check(grant, sink));

static RIGHT: Right = Right { verbs: &["create"], groups: CORE, resources: &["pods/portforward", "pods/*"] };
