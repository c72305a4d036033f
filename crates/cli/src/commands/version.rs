//! `kubescape version`

use anyhow::{Result, bail};
use std::io::Write;

/// The program's version.
pub(crate) const VERSION: &str = concat!("v", env!("CARGO_PKG_VERSION"));

/// The commit and the day it was built, where the build told them.
const COMMIT: &str = match option_env!("KUBESCAPE_COMMIT") {
    Some(commit) => commit,
    None => "unknown",
};
const DATE: &str = match option_env!("KUBESCAPE_DATE") {
    Some(date) => date,
    None => "unknown",
};

pub(crate) fn run(format: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match format {
        "text" => {
            writeln!(out, "Your current version is: {VERSION}\nCommit: {COMMIT}\nBuilt: {DATE}")?;
        }
        "json" => {
            writeln!(out, "{}", serde_json::json!({ "version": VERSION, "commit": COMMIT, "date": DATE }))?;
        }
        other => bail!("invalid format {other:?}; formats are text and json"),
    }
    Ok(())
}
