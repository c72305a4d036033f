use std::path::PathBuf;

/// What the functions of this crate return.
pub type Result<T> = std::result::Result<T, Error>;

/// Why an image or folder could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The reference names a kind of source that is unknown.
    #[error(
        "{0:?} names no source that can be read; give docker-archive:FILE, oci-archive:FILE, oci-dir:FOLDER, dir:FOLDER or file:FILE"
    )]
    UnknownSource(String),
    /// The operating system refused.
    #[error("cannot read {}: {source}", path.display())]
    Io {
        /// What was being read.
        path: PathBuf,
        /// What it said.
        source: std::io::Error,
    },
    /// The archive lacks a part that it needs or mentions.
    #[error("{image}: the archive holds no {part}; it is incomplete or of another kind")]
    Missing {
        /// The reference.
        image: String,
        /// The missing member.
        part: String,
    },
    /// A JSON part of the image cannot be understood.
    #[error("{image}: {part} is not valid: {source}")]
    Json {
        /// The reference.
        image: String,
        /// The member.
        part: String,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// A `docker save` archive with several images.
    #[error("{image}: the archive holds {count} images; save one image to one archive")]
    ManyImages {
        /// The reference.
        image: String,
        /// How many.
        count: usize,
    },
    /// Bytes do not have the digest under which they are stored.
    #[error("{part} has digest {found}, not {wanted}: the image is damaged or was tampered with; fetch it again")]
    Digest {
        /// The blob or layer.
        part: String,
        /// What the manifest says.
        wanted: String,
        /// What was read.
        found: String,
    },
    /// A layer is packed in a way that nobody specified.
    #[error("{image}: unknown layer media type {media_type:?}")]
    LayerType {
        /// The reference.
        image: String,
        /// As the manifest has it.
        media_type: String,
    },
    /// A layer's stream ends early or is no tar.
    #[error("layer {layer}: {source}; the image is damaged, fetch it again")]
    Layer {
        /// Diff id.
        layer: String,
        /// What the reader said.
        source: std::io::Error,
    },
    /// A member of a layer is named so that it would leave the image.
    #[error("layer {layer}: entry {path:?} leaves the image; the image is hostile and is not read")]
    Traversal {
        /// Diff id.
        layer: String,
        /// As the archive has it.
        path: String,
    },
    /// A bound of [`crate::Limits`] is exceeded.
    #[error("{what} exceed the limit of {limit}; the image is hostile or the limit too low for it")]
    Limit {
        /// What there is too much of.
        what: String,
        /// The bound.
        limit: u64,
    },
    /// A platform that cannot be understood.
    #[error("platform {0:?} is not OS, ARCH, OS/ARCH or OS/ARCH/VARIANT with known names")]
    Platform(String),
    /// The image does not exist for the platform.
    #[error("{image} is not there for platform {wanted}; it is there for {there}")]
    PlatformMissing {
        /// The reference.
        image: String,
        /// What was asked for.
        wanted: String,
        /// What there is.
        there: String,
    },
}

impl Error {
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }
}
