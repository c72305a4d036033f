use crate::{Error, Result};
use std::path::{Path, PathBuf};

/// How a source is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// Tar written by `docker save`.
    DockerArchive,
    /// Tar of an OCI layout.
    OciArchive,
    /// Folder with an OCI layout.
    OciDir,
    /// Folder.
    Directory,
    /// Single file.
    File,
}

/// Where an image or folder is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// As the user wrote it.
    pub text: String,
    /// How it is packed.
    pub scheme: Scheme,
    /// The file or folder.
    pub path: PathBuf,
}

const PREFIXES: [(&str, Scheme); 5] = [
    ("docker-archive", Scheme::DockerArchive),
    ("oci-archive", Scheme::OciArchive),
    ("oci-dir", Scheme::OciDir),
    ("dir", Scheme::Directory),
    ("file", Scheme::File),
];

impl Reference {
    /// Reads `SCHEME:PATH`, or a path whose scheme shows from what is there.
    pub fn parse(text: &str) -> Result<Self> {
        let found = PREFIXES.iter().find_map(|(prefix, scheme)| {
            let rest = text.strip_prefix(prefix)?.strip_prefix(':')?;
            Some((*scheme, PathBuf::from(rest)))
        });
        let (scheme, path) = match found {
            Some(found) => found,
            None => (guess(Path::new(text)).ok_or_else(|| Error::UnknownSource(text.to_owned()))?, text.into()),
        };
        Ok(Self { text: text.to_owned(), scheme, path })
    }

    /// The text without its scheme.
    pub fn name(&self) -> String {
        self.path.display().to_string()
    }
}

fn guess(path: &Path) -> Option<Scheme> {
    let metadata = path.metadata().ok()?;
    if metadata.is_dir() {
        let layout = path.join("oci-layout").is_file() && path.join("index.json").is_file();
        return Some(if layout { Scheme::OciDir } else { Scheme::Directory });
    }
    let names = crate::archive::top_level(path).unwrap_or_default();
    let has = |name: &str| names.iter().any(|n| n == name);
    Some(match () {
        // Recent `docker save` writes both layouts; its own list has the tags.
        () if has("manifest.json") => Scheme::DockerArchive,
        () if has("oci-layout") || has("index.json") => Scheme::OciArchive,
        () if path.extension().is_some_and(|e| e == "tar") => Scheme::DockerArchive,
        () => Scheme::File,
    })
}
