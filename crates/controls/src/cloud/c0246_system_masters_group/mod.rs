//! Members of `system:masters`: they stand in certificates, not in objects.

use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[];
