//! Subjects that may issue tokens of ServiceAccounts.

use crate::rbac::grants::{CORE, Right, rule};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&CREATE_TOKENS];

static CREATE_TOKENS: Rule = rule("rule-can-create-service-account-token", |grant, _, sink| RIGHT.check(grant, sink));

static RIGHT: Right = Right { verbs: &["create"], groups: CORE, resources: &["serviceaccounts/token"] };
