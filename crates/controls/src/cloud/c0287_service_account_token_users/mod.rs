//! People with tokens of ServiceAccounts: nothing in the cluster tells them from programs.

use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[];
