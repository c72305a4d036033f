//! Namespaces whose Pod Security level may let in host ports.

pub(crate) use crate::workload::pod_security::BASELINE as RULES;
