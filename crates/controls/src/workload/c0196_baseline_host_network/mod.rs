//! Namespaces whose Pod Security level may let in their node's network.

pub(crate) use crate::workload::pod_security::BASELINE as RULES;
