//! Subjects that may read secrets.

use crate::rbac::grants::{CORE, Right, rule};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&READ_SECRETS];

/// Also a rule of a CIS control.
pub(crate) static READ_SECRETS: Rule = rule("rule-can-list-get-secrets-v1", |grant, _, sink| RIGHT.check(grant, sink));

static RIGHT: Right = Right { verbs: &["get", "list", "watch"], groups: CORE, resources: &["secrets"] };
