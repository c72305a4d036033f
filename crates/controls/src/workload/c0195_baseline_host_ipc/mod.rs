//! Namespaces whose Pod Security level may let in their node's IPC namespace.

pub(crate) use crate::workload::pod_security::BASELINE as RULES;
