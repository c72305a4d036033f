//! The inventory: packages, where they were found, and how they hang together.
//!
//! The serde form of every type is that of Syft's JSON documents, so that stored documents can be read back.

mod distro;
mod kind;
mod package;

pub use distro::Distro;
pub use kind::{PackageKind, RelationshipKind};
pub use package::{Cpe, CpeSource, License, LicenseKind, Location, Package};

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// All that is known about one image, folder or file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sbom {
    /// The packages, sorted by name, version, kind and first location; ids are unique.
    pub packages: Vec<Package>,
    /// How packages and files hang together.
    pub relationships: Vec<Relationship>,
    /// Files that packages were found in or own.
    pub files: Vec<FileEntry>,
    /// What was looked at.
    pub source: Source,
    /// The operating system, if it says which it is.
    pub distro: Option<Distro>,
}

/// A directed edge; both ends are ids of packages or files.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Relationship {
    /// Where the edge starts.
    pub parent: String,
    /// Where it ends.
    pub child: String,
    /// What it means.
    #[serde(rename = "type")]
    pub kind: RelationshipKind,
}

/// A file of the image that a relationship or package refers to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Unique within the document.
    pub id: String,
    /// Where it is.
    pub location: Coordinates,
    /// What the archive says about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<FileMetadata>,
    /// Its digests, if they were wanted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub digests: Vec<Digest>,
}

/// A path and the layer that it comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Coordinates {
    /// The real path, with a leading slash in images.
    pub path: String,
    /// The layer's diff id; empty outside images.
    #[serde(rename = "layerID", default, skip_serializing_if = "String::is_empty")]
    pub layer_id: String,
}

/// What an archive says about a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FileMetadata {
    /// Permission bits, written in octal digits as a decimal number (`755`).
    pub mode: u32,
    /// `RegularFile`, `Directory`, `SymbolicLink`, …
    #[serde(rename = "type")]
    pub kind: String,
    /// Target of a link.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub link_destination: String,
    /// Owner.
    #[serde(rename = "userID")]
    pub user_id: u64,
    /// Group.
    #[serde(rename = "groupID")]
    pub group_id: u64,
    /// Sniffed content type.
    pub mime_type: String,
    /// Bytes.
    pub size: u64,
}

/// A content hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// `sha256`, `sha1`, `md5`.
    pub algorithm: String,
    /// Lower-case hex.
    pub value: String,
}

/// What was looked at.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Identity of the content, without algorithm.
    pub id: String,
    /// What the user called it.
    pub name: String,
    /// Tag or digest.
    pub version: String,
    /// `image`, `directory` or `file`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whatever the kind of source knows (layers, digests, platform of an image).
    pub metadata: Value,
}
