//! Where an object came from.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;

/// A file (or what stands for one, such as standard input) that objects were read from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct File {
    /// The scan root that it was found below.
    pub root: PathBuf,
    /// Its path relative to the scan root, with `/` between the parts.
    pub relative: String,
    /// Its absolute path.
    pub absolute: PathBuf,
    /// What kind of source it is.
    pub kind: FileKind,
    /// What is in it, when it cannot be read a second time, as standard input.
    pub content: Option<Content>,
}

/// The bytes of a file that was read already.
#[derive(Clone, PartialEq, Eq)]
pub struct Content(pub Arc<[u8]>);

/// Manifests hold secrets, and nobody wants megabytes in a log line.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl Hash for Content {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.len().hash(state);
    }
}

/// What kind of source a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// A YAML file.
    Yaml,
    /// A JSON file.
    Json,
}

impl FileKind {
    /// The kind's name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yaml => "YAML",
            Self::Json => "JSON",
        }
    }
}

/// Where an object came from: a document of a file, or an item of a list in one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The file.
    pub file: Arc<File>,
    /// The document in it, from 0.
    pub document: u32,
    /// The item of the document's `items`, when the document is a list.
    pub item: Option<u32>,
}

impl Origin {
    /// `<relative path>:<document>`, as reports carry it.
    #[must_use]
    pub fn source_path(&self) -> String {
        format!("{}:{}", self.file.relative, self.document)
    }
}
