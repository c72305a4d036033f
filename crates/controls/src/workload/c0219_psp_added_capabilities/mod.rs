//! Pod security policies that all let containers add capabilities.

use crate::workload::pod_security_policies::{report_all, rule};
use ks_control::{Finding, Rule};

pub(crate) static RULES: &[&Rule] = &[&ADDED_CAPABILITIES];

static ADDED_CAPABILITIES: Rule =
    rule("psp-deny-allowed-capabilities", &["spec.allowedCapabilities"], |cluster, _, sink| {
        report_all(cluster, sink, |policy| {
            let allowed = policy.at(&["spec", "allowedCapabilities"]).filter(|allowed| !allowed.is_empty())?;
            Some(Finding::new().delete(allowed.path()))
        });
    });
