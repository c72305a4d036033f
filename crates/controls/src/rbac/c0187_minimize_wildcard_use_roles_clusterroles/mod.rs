//! Subjects with wildcard rights, as CIS asks.

use crate::rbac::c0035_administrative_roles::ADMIN;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&ADMIN];
