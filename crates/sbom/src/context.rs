use crate::model::{Distro, Location};
use ks_image::{ContentReader, FileTree, NodeId};
use std::io;

/// Most text files of package managers are small; what is larger is not theirs.
const TEXT_LIMIT: u64 = 512 << 20;

/// What catalogers can look at.
#[derive(Debug)]
pub struct Context<'a> {
    /// All files.
    pub tree: &'a FileTree,
    /// Diff ids of the layers; empty outside images.
    pub layers: &'a [String],
    /// The operating system.
    pub distro: Option<&'a Distro>,
}

/// A file that a cataloger asked for.
#[derive(Debug, Clone)]
pub struct FoundFile {
    /// Its real path.
    pub path: String,
    /// Where it is in the tree.
    pub node: NodeId,
}

impl FoundFile {
    /// The folder that it lies in, without trailing slash.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The last name of its path.
    pub fn name(&self) -> &str {
        self.path.rsplit_once('/').map_or(&self.path, |(_, name)| name)
    }
}

impl Context<'_> {
    /// Where a file is.
    pub fn location(&self, file: &FoundFile) -> Location {
        Location {
            path: file.path.clone(),
            layer_id: self.layers.get(self.tree.layer(file.node)).cloned().unwrap_or_default(),
            access_path: file.path.clone(),
            ..Location::default()
        }
    }

    /// The file that a path leads to.
    pub fn find(&self, path: &str) -> Option<FoundFile> {
        let node = self.tree.resolve(path)?;
        matches!(self.tree.kind(node), ks_image::Kind::File(_)).then(|| FoundFile { path: self.tree.path(node), node })
    }

    /// The bytes of a file; an error if they were not kept.
    pub fn bytes(&self, file: &FoundFile) -> io::Result<Vec<u8>> {
        self.content(file)?.read(TEXT_LIMIT)
    }

    /// The text of a file; bytes that are no UTF-8 are replaced.
    pub fn text(&self, file: &FoundFile) -> io::Result<String> {
        let bytes = self.bytes(file)?;
        Ok(match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
        })
    }

    /// The bytes of a file, read where they are wanted.
    pub fn open(&self, file: &FoundFile) -> io::Result<ContentReader> {
        self.content(file)?.open()
    }

    fn content(&self, file: &FoundFile) -> io::Result<&ks_image::Content> {
        self.tree.content(file.node).ok_or_else(|| io::Error::other("the content was not kept"))
    }
}
