//! People with bootstrap tokens: nothing in the cluster tells them from nodes.

use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[];
