//! Diagnostic settings of an AKS cluster: no description has them.

use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[];
