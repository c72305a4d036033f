//! Pod security policies of which none makes containers drop capabilities.

use crate::workload::pod_security_policies::{report_all, rule};
use ks_control::{Finding, Rule};
use ks_object::{Node, Path};

pub(crate) static RULES: &[&Rule] = &[&REQUIRED_DROPS];

/// A policy without `spec` counts as one that demands something.
static REQUIRED_DROPS: Rule =
    rule("psp-required-drop-capabilities", &["spec.requiredDropCapabilities"], |cluster, _, sink| {
        report_all(cluster, sink, |policy| {
            let demands_nothing = policy.at(&["spec"])?.get("requiredDropCapabilities").is_none_or(Node::is_empty);
            let drops = || Path::root().fields("spec.requiredDropCapabilities").index(0);
            demands_nothing.then(|| Finding::new().set(drops(), "ALL"))
        });
    });
