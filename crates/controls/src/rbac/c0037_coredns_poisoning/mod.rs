//! Subjects that may change the configuration of the cluster's DNS.

use crate::rbac::grants::{CORE, Right, rule};
use ks_control::Rule;
use ks_object::Node;

pub(crate) static RULES: &[&Rule] = &[&UPDATE_CONFIG_MAP];

static UPDATE_CONFIG_MAP: Rule =
    rule("rule-can-update-configmap-v1", |grant, _, sink| RIGHT.check_where(reaches_coredns, grant, sink));

static RIGHT: Right = Right { verbs: &["update", "patch"], groups: CORE, resources: &["configmaps"] };

fn reaches_coredns(rule: Node<'_>) -> bool {
    rule.get("resourceNames").is_none_or(|names| names.contains("coredns"))
}
