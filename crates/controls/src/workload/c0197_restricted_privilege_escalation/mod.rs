//! Namespaces whose Pod Security level may let in privilege escalation.

pub(crate) use crate::workload::pod_security::RESTRICTED as RULES;
