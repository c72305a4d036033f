//! The manifest files below a folder.

use crate::Warning;
use crate::rules::Rules;
use ignore::{DirEntry, WalkBuilder};
use ks_object::FileKind;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A manifest file that was found.
#[derive(Debug)]
pub(crate) struct Candidate {
    /// Its path, beginning with the root as it was given to the walk.
    pub(crate) path: PathBuf,
    pub(crate) kind: FileKind,
    /// The file that a symbolic link stands for.
    pub(crate) target: Option<PathBuf>,
}

/// Walks a folder, hidden files included. Symbolic links to folders are not followed, so there are no loops; those to
/// files are, as long as they stay below the root: an untrusted checkout must not show what lies elsewhere.
pub(crate) fn walk(root: &Path, rules: Rules, warnings: &mut Vec<Warning>) -> Vec<Candidate> {
    let rules = Arc::new(rules);
    let walker = WalkBuilder::new(root)
        .standard_filters(false)
        .follow_links(false)
        .sort_by_file_name(Ord::cmp)
        .filter_entry(move |entry| entry.depth() == 0 || keep(entry, &rules))
        .build();
    let inside = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let mut found = Vec::new();
    for entry in walker {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                warnings.push(unreadable(root, &error));
                continue;
            }
        };
        let Some(file_type) = entry.file_type().filter(|file_type| !file_type.is_dir()) else { continue };
        let Some(kind) = manifest_kind(entry.path()) else { continue };
        if is_description(entry.path()) {
            continue;
        }
        let path = entry.into_path();
        if file_type.is_file() {
            found.push(Candidate { path, kind, target: None });
            continue;
        }
        let refusal = if file_type.is_symlink() {
            match fs::canonicalize(&path) {
                Err(error) => format!("the symbolic link leads nowhere ({error}); mend or remove it"),
                Ok(target) if target.is_dir() => continue,
                Ok(target) if !target.starts_with(&inside) => {
                    "the symbolic link leads out of the scanned folder; scan what it leads to itself".to_owned()
                }
                Ok(target) if target.is_file() => {
                    found.push(Candidate { path, kind, target: Some(target) });
                    continue;
                }
                Ok(_) => "the symbolic link leads to no regular file and was not opened".to_owned(),
            }
        } else {
            "it is a device, pipe or socket and was not opened".to_owned()
        };
        warnings.push(Warning::of_file(&relative_text(root, &path), refusal));
    }
    found
}

fn keep(entry: &DirEntry, rules: &Rules) -> bool {
    let is_dir = entry.file_type().is_some_and(|file_type| file_type.is_dir());
    let is_git = is_dir && entry.file_name() == ".git";
    !is_git && !rules.exclude(entry.path(), is_dir)
}

fn unreadable(root: &Path, error: &ignore::Error) -> Warning {
    let (mut inner, mut place) = (error, String::from("."));
    loop {
        match inner {
            ignore::Error::WithPath { path, err } => {
                place = relative_text(root, path);
                inner = err;
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => inner = err,
            _ => break,
        }
    }
    Warning::of_file(&place, format!("it cannot be read ({inner}); check its permissions"))
}

/// The kind of a manifest by its extension; `None` for any other file.
pub(crate) fn manifest_kind(path: &Path) -> Option<FileKind> {
    let extension = path.extension()?.to_str()?;
    if extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml") {
        Some(FileKind::Yaml)
    } else if extension.eq_ignore_ascii_case("json") {
        Some(FileKind::Json)
    } else {
        None
    }
}

/// Whether a file describes a chart or a kustomization and holds no objects.
pub(crate) fn is_description(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    matches!(name, Some("Chart.yaml" | "Chart.lock" | "kustomization.yaml" | "kustomization.yml"))
}

/// A path relative to a root, with `/` between the parts.
pub(crate) fn relative_text(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}
