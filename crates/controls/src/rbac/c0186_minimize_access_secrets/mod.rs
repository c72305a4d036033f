//! Subjects that may read secrets, as CIS asks.

use crate::rbac::c0015_list_kubernetes_secrets::READ_SECRETS;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&READ_SECRETS];
