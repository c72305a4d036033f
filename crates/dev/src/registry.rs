//! The registry of controls, from the folders below `crates/controls/src`.

use crate::Generated;
use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

const NOTE: &str = "// Written by `cargo dev generate` from the folders beside it. Do not edit.\n\n";

/// The front matter of a `control.md`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    id: String,
    title: String,
    score: f32,
    category: Option<String>,
    subcategory: Option<String>,
    #[serde(default)]
    scopes: Vec<String>,
    #[serde(default)]
    tags: Vec<String>,
    action: Option<String>,
    rules: Vec<String>,
    #[serde(default)]
    attack: Vec<Attack>,
    #[serde(default)]
    strict: String,
    frameworks: BTreeMap<String, Place>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Attack {
    track: String,
    steps: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Place {
    Section(String),
    Titled { section: String, title: String },
}

impl Place {
    fn section(&self) -> &str {
        match self {
            Self::Section(section) | Self::Titled { section, .. } => section,
        }
    }

    /// The title in this framework, where it differs: benchmarks put their section before it.
    fn title(&self, framework: &str, front: &Front) -> Option<String> {
        let own = match self {
            Self::Section(_) => None,
            Self::Titled { title, .. } => Some(title.clone()),
        };
        if !framework.starts_with("cis-") {
            return own;
        }
        Some(format!("CIS-{} {}", self.section(), own.unwrap_or_else(|| front.title.clone())))
    }
}

struct Entry {
    front: Front,
    area: String,
    folder: String,
}

/// The generated files of the `controls` crate.
pub(crate) fn generate(root: &Path) -> Result<Generated> {
    let source = root.join("crates/controls/src");
    let mut files = Generated::new();
    let mut entries = Vec::new();
    for area in folders(&source)? {
        let folder = source.join(&area);
        let mut modules = Vec::new();
        for control in folders(&folder)? {
            let place = folder.join(&control);
            ensure!(place.join("control.md").exists(), "{} has no control.md", place.display());
            ensure!(place.join("mod.rs").exists(), "{} has no mod.rs", place.display());
            let front = read_front(&place.join("control.md"))?;
            let prefix = front.id.to_lowercase().replace('-', "");
            ensure!(control.starts_with(&format!("{prefix}_")), "{control} should begin with {prefix}_");
            modules.push(format!("pub(crate) mod {control};\n"));
            entries.push(Entry { front, area: area.clone(), folder: control });
        }
        for helper in rust_files(&folder)? {
            modules.push(format!("pub(crate) mod {helper};\n"));
        }
        modules.sort();
        files.push((folder.join("mod.rs"), format!("{NOTE}{}", modules.concat())));
    }
    entries.sort_by(|a, b| a.front.id.cmp(&b.front.id));
    for pair in entries.windows(2) {
        ensure!(pair[0].front.id != pair[1].front.id, "two controls have the id {}", pair[0].front.id);
    }
    files.push((source.join("registry.rs"), registry(&entries)?));
    Ok(files)
}

fn folders(at: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(at).with_context(|| format!("reading {}", at.display()))? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn rust_files(at: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(at)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "rs")
            && let Some(stem) = path.file_stem().filter(|stem| *stem != "mod")
        {
            names.push(stem.to_string_lossy().into_owned());
        }
    }
    Ok(names)
}

fn read_front(path: &Path) -> Result<Front> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let front = text
        .strip_prefix("+++\n")
        .and_then(|rest| rest.split_once("\n+++\n"))
        .with_context(|| format!("{} has no front matter between +++ lines", path.display()))?
        .0;
    let front: Front = toml::from_str(front).with_context(|| format!("front matter of {}", path.display()))?;
    for heading in ["Finds", "Why", "Fix", "Example"] {
        let mark = format!("\n## {heading}\n");
        let rest = text.split_once(&mark).with_context(|| format!("{} lacks ## {heading}", path.display()))?.1;
        let body = rest.split("\n## ").next().unwrap_or_default().trim();
        ensure!(!body.is_empty(), "{}: ## {heading} is empty", path.display());
    }
    Ok(front)
}

fn registry(entries: &[Entry]) -> Result<String> {
    let mut out = format!(
        "{NOTE}use ks_control::{{Action, AttackStep, Control, Membership, Scope}};\n\n\
         use crate::{{{}}};\nuse crate::categories::id;\n\n\
         /// Every control, sorted by id.\npub(crate) static CONTROLS: &[Control] = &[\n",
        areas(entries).join(", ")
    );
    for entry in entries {
        row(entry, &mut out)?;
    }
    out.push_str("];\n\n/// The controls of each framework in its order.\n");
    out.push_str("pub(crate) fn members(framework: &str) -> &'static [&'static str] {\n    match framework {\n");
    let mut frameworks: BTreeMap<&str, Vec<(Vec<u32>, &str)>> = BTreeMap::new();
    for entry in entries {
        for (name, place) in &entry.front.frameworks {
            let order = place.section().split('.').filter_map(|part| part.parse().ok()).collect();
            frameworks.entry(name).or_default().push((order, &entry.front.id));
        }
    }
    for (name, members) in &mut frameworks {
        members.sort();
        let ids: Vec<_> = members.iter().map(|(_, id)| *id).collect();
        writeln!(out, "        {name:?} => &{ids:?},")?;
    }
    out.push_str("        _ => &[],\n    }\n}\n");
    format_rust(&out)
}

fn areas(entries: &[Entry]) -> Vec<&str> {
    let mut areas: Vec<_> = entries.iter().map(|entry| entry.area.as_str()).collect();
    areas.sort_unstable();
    areas.dedup();
    areas
}

fn row(entry: &Entry, out: &mut String) -> Result<()> {
    let Entry { front, area, folder } = entry;
    let category = |name: &Option<String>| match name {
        Some(name) => format!("Some(({name:?}, id({name:?})))"),
        None => "None".to_owned(),
    };
    let scopes: Vec<_> = front.scopes.iter().map(|scope| scope_variant(scope)).collect::<Result<_>>()?;
    let action = match front.action.as_deref() {
        None => "None",
        Some("configuration") => "Some(Action::Configuration)",
        Some("manual review") => "Some(Action::ManualReview)",
        Some("requires review") => "Some(Action::RequiresReview)",
        Some(other) => bail!("{}: unknown action {other}", front.id),
    };
    ensure!(!front.rules.is_empty() || front.action.is_some(), "{} has neither rules nor an action", front.id);
    let mut attack = String::new();
    for step in &front.attack {
        write!(attack, "AttackStep {{ track: {:?}, steps: &{:?} }},", step.track, step.steps)?;
    }
    let mut frameworks = String::new();
    for (name, place) in &front.frameworks {
        let title = place.title(name, front).map_or("None".to_owned(), |title| format!("Some({title:?})"));
        write!(frameworks, "Membership {{ framework: {name:?}, section: {:?}, title: {title} }},", place.section())?;
    }
    writeln!(
        out,
        "Control {{ id: {:?}, title: {:?}, base_score: {:?}, category: {}, sub_category: {}, scopes: &[{}], \
         tags: &{:?}, action: {action}, attack: &[{attack}], frameworks: &[{frameworks}], strict: {:?}, \
         document: include_str!(\"{area}/{folder}/control.md\"), rules: {area}::{folder}::RULES }},",
        front.id,
        front.title,
        front.score,
        category(&front.category),
        category(&front.subcategory),
        scopes.join(", "),
        front.tags,
        front.strict,
    )?;
    Ok(())
}

fn scope_variant(scope: &str) -> Result<&'static str> {
    Ok(match scope {
        "cluster" => "Scope::Cluster",
        "file" => "Scope::File",
        "cloud" => "Scope::Cloud",
        "EKS" => "Scope::Eks",
        "GKE" => "Scope::Gke",
        "AKS" => "Scope::Aks",
        other => bail!("unknown scope {other}"),
    })
}

/// The text as rustfmt writes it, so that `cargo fmt --check` agrees with the generator.
fn format_rust(text: &str) -> Result<String> {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--config", "max_width=120,use_small_heuristics=Max"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("running rustfmt")?;
    child.stdin.take().context("rustfmt has no input")?.write_all(text.as_bytes())?;
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "rustfmt refused the generated text");
    Ok(String::from_utf8(output.stdout)?)
}
