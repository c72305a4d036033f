//! Go templates with the functions of Sprig and Helm. Knows nothing of Kubernetes.
//!
//! [`Templates`] are parsed as strictly as Go parses them. [`Exec`] runs them over [`Value`]s, which have Go's types,
//! print as Go prints them and are shared by reference as Go's maps are: what a template `set`s, others see.
//!
//! Templates are untrusted: text, steps and depth are limited ([`Limits`]), and no function reaches the network, the
//! file system or the environment. Call deep templates on a thread with a large stack: [`STACK_SIZE`].

mod access;
mod ast;
mod duration;
mod error;
mod exec;
mod format;
mod functions;
mod json;
mod lexer;
mod limits;
mod map;
mod number;
mod object;
mod parser;
mod quoting;
mod release;
mod templates;
mod toml;
mod value;
mod version;
mod yaml;

pub use error::{Error, ErrorKind, Failure};
pub use exec::Exec;
pub use json::{parse as from_json, write as to_json};
pub use limits::{Limit, Limits};
pub use map::{Map, MapKind};
pub use object::Object;
pub use quoting::quote;
pub use templates::{Options, Templates};
pub use value::{IntKind, List, ListKind, Value};
pub use version::{Constraint, Version};
pub use yaml::{parse as from_yaml, value as from_tree, write as to_yaml};

/// The stack that templates nested as deep as the limits allow may need. It is reserved, not used.
pub const STACK_SIZE: usize = 1 << 30;
