//! Security contexts: fifteen questions about what a pod and its containers may do.

mod capabilities;
mod groups;
mod kernel;
mod profiles;
mod windows;

use crate::workload::c0013_non_root_containers::NON_ROOT;
use crate::workload::c0016_allow_privilege_escalation::ALLOW_ESCALATION;
use crate::workload::c0017_immutable_container_filesystem::READ_ONLY_ROOT;
use crate::workload::c0057_privileged_container::PRIVILEGED;
use ks_control::Rule;
use ks_object::Node;

pub(crate) static RULES: &[&Rule] = &[
    &PRIVILEGED,
    &READ_ONLY_ROOT,
    &NON_ROOT,
    &capabilities::DROP_NET_RAW,
    &profiles::SELINUX_OPTIONS,
    &profiles::SECCOMP_PROFILE,
    &kernel::PROC_MOUNT,
    &groups::FS_GROUP,
    &groups::FS_GROUP_CHANGE_POLICY,
    &kernel::SYSCTLS,
    &groups::SUPPLEMENTAL_GROUPS,
    &ALLOW_ESCALATION,
    &windows::GMSA_CREDENTIAL_SPEC,
    &windows::HOST_PROCESS,
    &windows::RUN_AS_USER,
];

/// Whether a security context says nothing at `keys`: the field is absent or an empty string.
fn unset(context: Option<Node<'_>>, keys: &[&str]) -> bool {
    context.and_then(|context| context.at(keys)).is_none_or(|field| field.str() == Some(""))
}
