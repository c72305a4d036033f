//! Subjects that may give themselves rights which they do not have.

use crate::rbac::c0065_no_impersonation::IMPERSONATE;
use crate::rbac::grants::{Right, rule};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&BIND_ESCALATE, &IMPERSONATE];

static BIND_ESCALATE: Rule = rule("rule-can-bind-escalate", |grant, _, sink| {
    BIND.check(grant, sink);
    ESCALATE.check(grant, sink);
});

static BIND: Right = on_roles(&["bind"]);
static ESCALATE: Right = on_roles(&["escalate"]);

const fn on_roles(verbs: &'static [&'static str]) -> Right {
    Right { verbs, groups: &["rbac.authorization.k8s.io"], resources: &["clusterroles", "roles"] }
}
