//! Namespaces whose Pod Security level may let in capabilities of any kind.

pub(crate) use crate::workload::pod_security::RESTRICTED as RULES;
