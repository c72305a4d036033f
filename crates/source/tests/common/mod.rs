//! Folders to scan, made for one test.

use ks_object::{Object, write_json};
use ks_source::{Loaded, Options, find, load};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A folder with these files.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self::new();
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.0.path().join(relative)
    }

    pub(crate) fn write(&self, relative: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    pub(crate) fn input(&self, relative: &str) -> String {
        self.path(relative).display().to_string()
    }

    pub(crate) fn root(&self) -> &Path {
        self.0.path()
    }
}

/// What a scan of inputs gives, a line each: objects, skipped documents, warnings.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// `<source path>[#<item>] <kind>/<name>`
    pub(crate) objects: Vec<String>,
    /// `<path>[:<document>]@<line> <reason>`
    pub(crate) skipped: Vec<String>,
    pub(crate) warnings: Vec<String>,
}

pub(crate) fn scan(inputs: &[String], options: &Options) -> Seen {
    let files = find(inputs, options).unwrap();
    let mut seen = Seen { warnings: files.warnings.iter().map(ToString::to_string).collect(), ..Seen::default() };
    for file in &files.list {
        load(file, options, &mut |loaded| match loaded {
            Loaded::Object { tree, origin } => {
                let object = Object::new(tree.root().unwrap(), 0);
                let item = origin.item.map(|item| format!("#{item}")).unwrap_or_default();
                let name = object.name().unwrap_or("-");
                seen.objects.push(format!("{}{item} {}/{name}", origin.source_path(), object.kind()));
            }
            Loaded::Skipped(skipped) => {
                let document = skipped.document.map(|document| format!(":{document}")).unwrap_or_default();
                seen.skipped.push(format!("{}{document}@{} {}", skipped.path, skipped.line, skipped.reason));
            }
            Loaded::Warning(warning) => seen.warnings.push(warning.to_string()),
        });
    }
    seen
}

/// Scans a whole folder as it comes.
pub(crate) fn scan_folder(folder: &Folder) -> Seen {
    scan(&[folder.input("")], &Options::default())
}

pub(crate) fn list(inputs: &[String], options: &Options) -> Vec<String> {
    find(inputs, options).unwrap().list.iter().map(|file| file.relative.clone()).collect()
}

pub(crate) fn pod(name: &str) -> String {
    format!("apiVersion: v1\nkind: Pod\nmetadata:\n  name: {name}\n")
}

pub(crate) fn json(tree: &ks_object::Tree) -> String {
    let mut out = String::new();
    write_json(tree.root().unwrap(), &mut out);
    out
}
