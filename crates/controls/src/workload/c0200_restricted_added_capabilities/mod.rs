//! Namespaces whose Pod Security level may let in added capabilities.

pub(crate) use crate::workload::pod_security::RESTRICTED as RULES;
