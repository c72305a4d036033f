//! Subjects that may create PersistentVolumes.

use crate::rbac::grants::{CORE, Right, rule};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&CREATE_VOLUMES];

static CREATE_VOLUMES: Rule = rule("rule-can-create-pv", |grant, _, sink| RIGHT.check(grant, sink));

static RIGHT: Right = Right { verbs: &["create"], groups: CORE, resources: &["persistentvolumes"] };
