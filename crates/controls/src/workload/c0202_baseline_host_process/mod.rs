//! Namespaces whose Pod Security level may let in Windows host processes.

pub(crate) use crate::workload::pod_security::BASELINE as RULES;
