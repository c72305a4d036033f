//! What a Kubernetes object is to the scanner.
//!
//! A document is read once into a [`Tree`]: one vector of slots and one string, no pointer per value.
//! [`Node`] is a cheap cursor into it that knows its own [`Path`] and position, so that nobody formats a path by
//! hand. On top of it stand the typed views: [`Object`] for any object, [`Pod`] for whatever carries a pod spec.
//!
//! This crate knows neither files nor the network.

mod builder;
mod id;
mod image_name;
mod json;
mod node;
mod object;
mod origin;
mod path;
mod pod;
mod prune;
mod redact;
mod selector;
mod tree;

pub use builder::Builder;
pub use id::{file_prefix, resource_id, vector_id};
pub use image_name::{ImageName, ImageNameError};
pub use json::{from_json, to_json, write_json, write_json_str};
pub use node::Node;
pub use object::Object;
pub use origin::{Content, File, FileKind, Origin};
pub use path::{Found, Path};
pub use pod::{Container, List, Pod};
pub use prune::Fields;
pub use redact::write_redacted;
pub use selector::{labels_match, selector_is_empty, selector_matches};
pub use tree::{Kind, Position, Tree};
