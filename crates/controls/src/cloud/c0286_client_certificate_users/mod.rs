//! People with client certificates: nothing in the cluster lists them.

use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[];
