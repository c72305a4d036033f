//! Workloads that mount the token of their ServiceAccount, as CIS asks.

use crate::rbac::c0034_automatic_mapping_service_account::AUTOMOUNT_SERVICE_ACCOUNT;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&AUTOMOUNT_SERVICE_ACCOUNT];
