//! Subjects that may act as somebody else.

use crate::rbac::grants::{CORE, Right, rule};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&IMPERSONATE];

/// Also a rule of a CIS control.
pub(crate) static IMPERSONATE: Rule =
    rule("rule-can-impersonate-users-groups-v1", |grant, _, sink| RIGHT.check(grant, sink));

static RIGHT: Right =
    Right { verbs: &["impersonate"], groups: CORE, resources: &["users", "serviceaccounts", "groups", "uids"] };
