//! `cargo dev`: writes or checks everything generated.
//!
//! `cargo dev generate` writes; `cargo dev check` fails when a written file would differ.
#![allow(clippy::print_stdout, reason = "a command-line tool")]

mod registry;

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// A generated file: where it goes, what is in it.
pub(crate) type Generated = Vec<(PathBuf, String)>;

fn main() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let files = registry::generate(&root)?;
    match std::env::args().nth(1).as_deref() {
        Some("generate") => write(&files),
        Some("check") => check(&root, &files),
        _ => bail!("usage: cargo dev generate|check"),
    }
}

fn write(files: &Generated) -> Result<()> {
    for (path, text) in files {
        if std::fs::read_to_string(path).ok().as_deref() != Some(text) {
            std::fs::write(path, text).with_context(|| format!("writing {}", path.display()))?;
            println!("wrote {}", path.display());
        }
    }
    Ok(())
}

fn check(root: &Path, files: &Generated) -> Result<()> {
    let stale = |(path, text): &&(PathBuf, String)| std::fs::read_to_string(path).ok().as_deref() != Some(text);
    let stale: Vec<_> = files.iter().filter(stale).map(|(path, _)| path.strip_prefix(root).unwrap_or(path)).collect();
    if !stale.is_empty() {
        bail!("not up to date, run `cargo dev generate`: {stale:?}");
    }
    println!("{} generated files are up to date", files.len());
    Ok(())
}
