//! Subjects that reach kubelets through the API server.

use crate::rbac::grants::{CORE, Right, rule};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&NODE_PROXY];

static NODE_PROXY: Rule = rule("rule-can-access-proxy-subresource", |grant, _, sink| RIGHT.check(grant, sink));

static RIGHT: Right = Right { verbs: &["get", "create", "connect"], groups: CORE, resources: &["nodes/proxy"] };
