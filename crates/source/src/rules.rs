//! Which paths below a scan root are left out.

use crate::{Options, SourceError, Warning};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::path::Path;

/// The name of the file at the scan root that lists what to leave out.
const IGNORE_FILE: &str = ".kubescapeignore";

/// The rules of one scan root: its `.kubescapeignore`, then `--exclude-path`; later rules win.
#[derive(Debug)]
pub(crate) struct Rules {
    matcher: Gitignore,
}

impl Rules {
    pub(crate) fn read(root: &Path, options: &Options, warnings: &mut Vec<Warning>) -> Result<Self, SourceError> {
        let mut builder = GitignoreBuilder::new(root);
        let file = root.join(IGNORE_FILE);
        if !options.no_ignore_file && file.is_file() {
            // Lines that can be read count, whatever is wrong with the others.
            if let Some(error) = builder.add(&file) {
                warnings.push(Warning::of_file(IGNORE_FILE, format!("a rule cannot be used: {error}; mend it")));
            }
        }
        for pattern in &options.exclude {
            let bad = |error: ignore::Error| SourceError::Exclude { pattern: pattern.clone(), reason: plain(&error) };
            if has_open_class(pattern) {
                let reason = "a `[` is not closed; write `\\[` for the character".to_owned();
                return Err(SourceError::Exclude { pattern: pattern.clone(), reason });
            }
            let rooted = pattern.strip_prefix("./").map(|rest| format!("/{rest}"));
            builder.add_line(None, rooted.as_deref().unwrap_or(pattern)).map_err(bad)?;
        }
        let matcher = builder
            .build()
            .map_err(|error| SourceError::Exclude { pattern: options.exclude.join(" "), reason: plain(&error) })?;
        Ok(Self { matcher })
    }

    /// Whether a path below the root is left out. For a walk, which asks for folders before what is in them.
    pub(crate) fn exclude(&self, path: &Path, is_dir: bool) -> bool {
        self.matcher.matched(path, is_dir).is_ignore()
    }
}

/// Whether a pattern has a `[` without its `]`: such a one matches nothing, so it cannot be meant.
fn has_open_class(pattern: &str) -> bool {
    let mut chars = pattern.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\\' => {
                chars.next();
            }
            '[' => {
                chars.next_if(|next| matches!(next, '!' | '^'));
                // As the first of a class, `]` is one of its characters.
                chars.next_if_eq(&']');
                if !chars.any(|next| next == ']') {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

/// What is wrong with a pattern, without the pattern.
fn plain(error: &ignore::Error) -> String {
    match error {
        ignore::Error::Glob { err, .. } => err.clone(),
        other => other.to_string(),
    }
}
