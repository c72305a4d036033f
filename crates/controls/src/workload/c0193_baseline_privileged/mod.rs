//! Namespaces whose Pod Security level may let in privileged containers.

pub(crate) use crate::workload::pod_security::BASELINE as RULES;
