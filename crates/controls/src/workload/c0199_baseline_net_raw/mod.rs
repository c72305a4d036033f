//! Namespaces whose Pod Security level may let in the capability `NET_RAW`.

pub(crate) use crate::workload::pod_security::BASELINE as RULES;
