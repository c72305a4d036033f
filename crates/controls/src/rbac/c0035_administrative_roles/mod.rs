//! Subjects that may do anything with every core resource.

use crate::rbac::grants::{CORE, Right, rule};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&ADMIN];

/// Also a rule of a CIS control.
pub(crate) static ADMIN: Rule = rule("rule-list-all-cluster-admins-v1", |grant, _, sink| RIGHT.check(grant, sink));

static RIGHT: Right = Right { verbs: &[], groups: CORE, resources: &[] };
