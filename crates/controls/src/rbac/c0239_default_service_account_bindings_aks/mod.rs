//! Default ServiceAccounts with rights, as CIS asks of AKS.

use crate::rbac::c0225_default_service_account_bindings::DEFAULT_BINDINGS;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&DEFAULT_BINDINGS];
