//! Admission by image provenance: the configuration stands in a file of the API server.

use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[];
