//! Inputs with wildcards.

use crate::SourceError;
use globset::{GlobBuilder, GlobMatcher};
use std::path::{Component, Path, PathBuf};

/// An input such as `manifests/*.yaml`: the folder to walk and what its files must match.
#[derive(Debug)]
pub(crate) struct Glob {
    /// The folder.
    pub(crate) root: PathBuf,
    matcher: GlobMatcher,
    /// Whether the pattern is that of a file name, wherever below the root.
    name_only: bool,
}

impl Glob {
    /// Takes an input apart. `None` when it has no wildcards.
    pub(crate) fn parse(input: &str) -> Result<Option<Self>, SourceError> {
        let mut root = PathBuf::new();
        let mut pattern = String::new();
        for part in Path::new(input).components() {
            let text = part.as_os_str().to_string_lossy();
            if pattern.is_empty() && !(matches!(part, Component::Normal(_)) && is_wild(&text)) {
                root.push(part);
                continue;
            }
            if !pattern.is_empty() {
                pattern.push('/');
            }
            pattern.push_str(&text);
        }
        if pattern.is_empty() {
            return Ok(None);
        }
        if root.as_os_str().is_empty() {
            root.push(".");
        }
        let name_only = !pattern.contains('/') && !pattern.contains("**");
        let matcher = GlobBuilder::new(&pattern)
            .literal_separator(true)
            .build()
            .map_err(|error| SourceError::Glob { input: input.to_owned(), reason: error.kind().to_string() })?
            .compile_matcher();
        Ok(Some(Self { root, matcher, name_only }))
    }

    /// Whether a file counts, by its path relative to the root.
    pub(crate) fn matches(&self, relative: &Path) -> bool {
        if self.name_only {
            return relative.file_name().is_some_and(|name| self.matcher.is_match(name));
        }
        self.matcher.is_match(relative)
    }
}

fn is_wild(text: &str) -> bool {
    text.contains(['*', '?', '[', '{'])
}
