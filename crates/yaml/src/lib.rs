//! Reads YAML and JSON into [`Tree`]s, the way Kubernetes reads them, with the place of every value.
//!
//! Kubernetes tools read YAML through `sigs.k8s.io/yaml`: YAML 1.1 scalars (`yes` is a boolean, `0644` is octal),
//! merge keys, then JSON. This crate does the same straight from parser events: no tree of values stands in between.
//!
//! A stream is cut into documents before it is parsed, so a document that is broken never hides the ones behind it.
//! Depth and number of values are limited, aliases counted in full.

mod document;
mod duplicate;
mod json;
mod number;
mod problem;
mod reader;
mod scalar;
mod split;
mod timestamp;

pub use document::{Document, Part, decode, documents, documents_as, is_plain_text, parse, parts};
pub use json::json;
pub use problem::Problem;
pub use scalar::Schema;

pub use ks_object::Tree;

/// How much a document may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How deep mappings and lists may be nested.
    pub max_depth: usize,
    /// How many values a document may have, with every alias counted as what it stands for.
    pub max_values: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_depth: 100, max_values: 1_000_000 }
    }
}
