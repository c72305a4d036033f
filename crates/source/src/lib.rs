//! Where objects come from: manifest files, folders, globs and standard input.
//!
//! [`find`] turns what the user named into a sorted list of files without reading them; [`load`] reads one of them,
//! document by document, so that a scan never holds more than the files its threads are at. What cannot be read is
//! told as [`Skipped`], with its place and what to do about it, and stops nothing else.

mod error;
mod filter;
mod find;
mod glob;
mod kinds;
mod list;
mod load;
mod locate;
mod rules;
mod selector;
mod text;
mod walk;

pub use error::SourceError;
pub use filter::{Filter, FilterError};
pub use find::{Files, find};
pub use load::{Loaded, Skipped, Warning, load};
pub use locate::{Opened, locate};
pub use selector::{Selector, SelectorError};

use ks_yaml::Limits;

/// How files are looked for and read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Patterns of paths to leave out, as in a `.gitignore` at the scan root.
    pub exclude: Vec<String>,
    /// Whether `.kubescapeignore` at the scan root is not read.
    pub no_ignore_file: bool,
    /// The size in bytes beyond which a file is not read.
    pub max_file_size: u64,
    /// How much one document may hold.
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        Self { exclude: Vec::new(), no_ignore_file: false, max_file_size: 32 << 20, limits: Limits::default() }
    }
}
