//! Namespaces whose Pod Security level may let in hostPath volumes.

pub(crate) use crate::workload::pod_security::BASELINE as RULES;
