//! Tenants that do not trust each other: nothing to check by machine.

use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[];
