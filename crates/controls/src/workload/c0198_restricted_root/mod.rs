//! Namespaces whose Pod Security level may let in root users.

pub(crate) use crate::workload::pod_security::RESTRICTED as RULES;
