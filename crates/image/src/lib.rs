//! Container images and folders as one squashed file tree.
//!
//! A layer is read once: decompressed, hashed and walked in the same pass. Only the contents that a [`Select`] asks
//! for are kept, small ones in memory and large ones in an unlinked temporary file. Whatever is read is untrusted:
//! [`Limits`] bound it and violations are typed [`Error`]s.

mod archive;
mod content;
mod directory;
mod error;
mod image;
mod layer;
mod limits;
mod manifest;
mod platform;
mod reference;
mod sniff;
mod tree;

pub use content::{Content, ContentReader};
pub use error::{Error, Result};
pub use image::{ImageInfo, LayerInfo, Origin, Snapshot, open};
pub use limits::Limits;
pub use platform::Platform;
pub use reference::{Reference, Scheme};
pub use sniff::{FileType, HEAD_LENGTH};
pub use tree::{Attributes, FileTree, Kind, NodeId};

/// Decides whose contents are kept.
pub trait Select {
    /// `path` starts with a slash; `head` holds the first bytes, [`HEAD_LENGTH`] at most.
    fn wants(&self, path: &str, head: &[u8]) -> bool;
}

impl<F: Fn(&str, &[u8]) -> bool> Select for F {
    fn wants(&self, path: &str, head: &[u8]) -> bool {
        self(path, head)
    }
}
