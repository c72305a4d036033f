//! Workloads that nobody vouches for: nothing to check by machine.

use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[];
