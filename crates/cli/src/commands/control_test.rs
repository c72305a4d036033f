//! `kubescape control test PATHS`: runs case files.

use crate::args::Test;
use anyhow::{Context, Result, bail};
use ks_control::{Control, Library};
use ks_policy::cases;
use std::fs;
use std::path::{Path, PathBuf};

/// Runs the cases of every control at or below the paths.
pub(crate) fn run(args: &Test) -> Result<()> {
    let library = ks_controls::library();
    let mut files = Vec::new();
    for path in &args.paths {
        collect(path, &mut files)?;
    }
    files.sort();
    files.dedup();
    let (mut passed, mut failed) = (0, 0);
    for file in &files {
        let problems = match control_of(&library, file) {
            Ok(control) => check(&library, control, file)?,
            Err(error) => vec![format!("{error:#}")],
        };
        if problems.is_empty() {
            passed += 1;
            continue;
        }
        failed += 1;
        println!("FAIL {}", file.display());
        problems.iter().for_each(|problem| println!("     {problem}"));
    }
    println!("{passed} passed, {failed} failed");
    match (passed, failed) {
        (0, 0) => bail!("there are no case files (cases/*.yaml beside a control.md)"),
        (_, 0) => Ok(()),
        _ => bail!("{failed} case files failed"),
    }
}

fn check(library: &Library, control: &Control, file: &Path) -> Result<Vec<String>> {
    let text = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let mut problems = cases::run(library, control, &text);
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let expects = text.contains("# expect:");
    if name.starts_with("pass_") && expects {
        problems.push("a pass_ file expects findings".to_owned());
    }
    if name.starts_with("fail_") && !name.ends_with(".fixed.yaml") && !expects {
        problems.push("a fail_ file expects nothing".to_owned());
    }
    Ok(problems)
}

/// Case files at or below a path.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path).with_context(|| format!("reading {}", path.display()))? {
        let path = entry?.path();
        let in_cases = path.parent().is_some_and(|parent| parent.ends_with("cases"));
        if path.is_dir() || (in_cases && path.extension().is_some_and(|extension| extension == "yaml")) {
            collect(&path, files)?;
        }
    }
    Ok(())
}

/// The control whose folder a case file stands in.
fn control_of(library: &Library, file: &Path) -> Result<&'static Control> {
    let document = file.parent().and_then(Path::parent).map(|folder| folder.join("control.md"));
    let document = document.with_context(|| format!("{} is in no control's cases folder", file.display()))?;
    let text = fs::read_to_string(&document).with_context(|| format!("reading {}", document.display()))?;
    let id = text.lines().find_map(|line| line.strip_prefix("id = ")).map(|id| id.trim().trim_matches('"'));
    let id = id.with_context(|| format!("{} names no id", document.display()))?;
    let found = library.controls.iter().find(|control| control.id == id);
    found.with_context(|| format!("{id} is not among the built-in controls"))
}
