//! Subjects that may approve certificate requests.

use crate::rbac::grants::{Right, rule};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&APPROVE_REQUESTS];

static APPROVE_REQUESTS: Rule =
    rule("rule-can-approve-cert-signing-request", |grant, _, sink| RIGHT.check(grant, sink));

static RIGHT: Right =
    Right { verbs: &["update"], groups: &["certificates.k8s.io"], resources: &["certificatesigningrequests/approval"] };
