//! Files of a tree, and what may be read of them.

use crate::build::Options;
use crate::error::KustomizeError;
use crate::location;
use std::cell::Cell;
use std::fs;
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};

/// The names that a kustomization file can have.
pub(crate) const NAMES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// What one build has read so far, against its limits.
#[derive(Debug, Default)]
pub(crate) struct Budget {
    bytes: Cell<u64>,
    kustomizations: Cell<usize>,
}

/// The folder of one kustomization: reads files in and below it.
#[derive(Debug)]
pub(crate) struct Loader<'a> {
    /// The folder, symbolic links resolved.
    pub(crate) root: PathBuf,
    /// The folders that lead to it, the outermost first, itself last.
    chain: Vec<PathBuf>,
    options: &'a Options<'a>,
    budget: &'a Budget,
}

/// What an entry names.
#[derive(Debug)]
pub(crate) enum Entry<'a> {
    /// A file, read.
    File(String),
    /// A folder with a kustomization.
    Folder(Loader<'a>),
}

impl<'a> Loader<'a> {
    /// The loader of the outermost folder.
    pub(crate) fn open(folder: &Path, options: &'a Options<'a>, budget: &'a Budget) -> Result<Self, KustomizeError> {
        let name = folder.display().to_string();
        if let Some(host) = location::host(&name).filter(|_| !folder.exists()) {
            return Err(KustomizeError::Remote { location: name, host, by: "the command line".to_owned() });
        }
        let root = folder.canonicalize().map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => KustomizeError::NotFound { path: name, by: "the command line".to_owned() },
            _ => KustomizeError::Unreadable { path: folder.to_owned(), source },
        })?;
        if !root.is_dir() {
            let message = "not a folder; name the folder of the kustomization file".to_owned();
            return Err(KustomizeError::Content { path: folder.display().to_string(), message });
        }
        Ok(Self { chain: vec![root.clone()], root, options, budget })
    }

    /// The kustomization file of this folder and its text.
    pub(crate) fn kustomization(&self) -> Result<(PathBuf, String), KustomizeError> {
        let count = self.budget.kustomizations.get() + 1;
        self.budget.kustomizations.set(count);
        if count > self.options.max_kustomizations {
            let reason = format!(
                "more than {} kustomizations are included; reduce how often bases are repeated",
                self.options.max_kustomizations
            );
            return Err(KustomizeError::TooLarge { path: self.root.clone(), reason });
        }
        let found: Vec<&str> = NAMES.into_iter().filter(|name| self.root.join(name).is_file()).collect();
        match found.as_slice() {
            [] => Err(KustomizeError::NoKustomization { folder: self.root.clone() }),
            [name] => Ok((self.root.join(name), self.text(name)?)),
            _ => Err(KustomizeError::ManyKustomizations {
                folder: self.root.clone(),
                names: found.into_iter().map(str::to_owned).collect(),
            }),
        }
    }

    /// The file or folder that an entry of `resources`, `components` and the like names.
    pub(crate) fn entry(&self, name: &str, by: &Path) -> Result<Entry<'a>, KustomizeError> {
        let path = self.root.join(name);
        if path.is_dir() {
            return self.folder(name, by).map(Entry::Folder);
        }
        if !path.exists()
            && let Some(host) = location::host(name)
        {
            return Err(KustomizeError::Remote { location: name.to_owned(), host, by: by.display().to_string() });
        }
        self.text(name).map(Entry::File)
    }

    /// The folder that an entry names.
    pub(crate) fn folder(&self, name: &str, by: &Path) -> Result<Loader<'a>, KustomizeError> {
        let path = self.root.join(name);
        if let Some(host) = location::host(name).filter(|_| !path.exists()) {
            return Err(KustomizeError::Remote { location: name.to_owned(), host, by: by.display().to_string() });
        }
        let root = path.canonicalize().map_err(|source| self.io_error(name, path.clone(), source))?;
        if !root.is_dir() {
            let message = format!("{name} is a file, not a folder with a kustomization; name a folder");
            return Err(KustomizeError::Content { path: by.display().to_string(), message });
        }
        if let Some(includes) = self.chain.iter().find(|visited| visited.starts_with(&root)) {
            return Err(KustomizeError::Cycle { root, includes: includes.clone() });
        }
        if let Some(boundary) = &self.options.boundary {
            let boundary = boundary.canonicalize().unwrap_or_else(|_| boundary.clone());
            if !root.starts_with(&boundary) {
                return Err(KustomizeError::Outside { path: root, root: boundary });
            }
        }
        let mut chain = self.chain.clone();
        chain.push(root.clone());
        Ok(Self { root, chain, options: self.options, budget: self.budget })
    }

    /// A file's text.
    pub(crate) fn text(&self, name: &str) -> Result<String, KustomizeError> {
        let bytes = self.bytes(name)?;
        String::from_utf8(bytes).map_err(|_| KustomizeError::Content {
            path: self.root.join(name).display().to_string(),
            message: "bytes that are no UTF-8 text; save the file as UTF-8".to_owned(),
        })
    }

    /// A file's bytes.
    pub(crate) fn bytes(&self, name: &str) -> Result<Vec<u8>, KustomizeError> {
        let path = self.resolve(name)?;
        if !path.is_file() {
            let message = "not a file; name a file".to_owned();
            return Err(KustomizeError::Content { path: path.display().to_string(), message });
        }
        let limit = self.options.max_file_size;
        let mut bytes = Vec::new();
        fs::File::open(&path)
            .and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
            .map_err(|source| KustomizeError::Unreadable { path: path.clone(), source })?;
        if bytes.len() as u64 > limit {
            let reason = format!("larger than {limit} bytes; split the file");
            return Err(KustomizeError::TooLarge { path, reason });
        }
        let total = self.budget.bytes.get() + bytes.len() as u64;
        self.budget.bytes.set(total);
        if total > self.options.max_total_size {
            let reason =
                format!("the tree has more than {} bytes, repeated files counted", self.options.max_total_size);
            return Err(KustomizeError::TooLarge { path, reason });
        }
        Ok(bytes)
    }

    /// A file or folder of this kustomization, symbolic links resolved; it must be in or below its folder.
    pub(crate) fn resolve(&self, name: &str) -> Result<PathBuf, KustomizeError> {
        let given = self.root.join(name);
        let path = match given.canonicalize() {
            Ok(path) => path,
            Err(source) => {
                // What is outside is not told whether it exists.
                let plain = flatten(&given);
                if !plain.starts_with(&self.root) {
                    return Err(KustomizeError::Outside { path: plain, root: self.root.clone() });
                }
                return Err(self.io_error(name, given, source));
            }
        };
        if !path.starts_with(&self.root) {
            return Err(KustomizeError::Outside { path, root: self.root.clone() });
        }
        Ok(path)
    }

    fn io_error(&self, name: &str, path: PathBuf, source: std::io::Error) -> KustomizeError {
        match source.kind() {
            std::io::ErrorKind::NotFound => {
                KustomizeError::NotFound { path: name.to_owned(), by: self.root.display().to_string() }
            }
            _ => KustomizeError::Unreadable { path, source },
        }
    }
}

/// A path without `.` and `..`, links not looked at.
fn flatten(path: &Path) -> PathBuf {
    let mut flat = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                flat.pop();
            }
            Component::CurDir => {}
            part => flat.push(part),
        }
    }
    flat
}

/// The way from one absolute folder to a file, with `/` and `..`.
pub(crate) fn relative(from: &Path, to: &Path) -> String {
    let common = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(common).map(|_| "..".to_owned());
    let down = to.components().skip(common).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}
