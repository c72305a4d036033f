//! Subjects that may run commands in containers.

use crate::rbac::grants::{CORE, Right, rule};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&EXEC];

static EXEC: Rule = rule("exec-into-container-v1", |grant, _, sink| RIGHT.check(grant, sink));

static RIGHT: Right = Right { verbs: &["create"], groups: CORE, resources: &["pods/exec", "pods/*"] };
