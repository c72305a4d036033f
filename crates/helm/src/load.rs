//! Reads charts from folders and archives.

use crate::chart::{Chart, Dependency, File, Import, Metadata};
use crate::error::Error;
use crate::ignore::Ignore;
use flate2::read::MultiGzDecoder;
use ks_gotemplate::{Map, Value, from_yaml};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Component, Path};
use std::rc::Rc;

/// Bytes of all files of a chart with its dependencies, unpacked.
const MAX_BYTES: u64 = 256 << 20;
/// Bytes of one file.
const MAX_FILE: u64 = 32 << 20;
/// Files of a chart with its dependencies.
const MAX_FILES: usize = 50_000;
/// How deep charts may hold each other, and folders.
const MAX_DEPTH: usize = 16;
const MAX_FOLDERS: usize = 64;

/// What is left of the limits.
struct Budget {
    bytes: u64,
    files: usize,
}

impl Budget {
    fn take(&mut self, path: &str, bytes: u64) -> Result<(), Error> {
        if bytes > MAX_FILE || bytes > self.bytes || self.files == 0 {
            let problem = format!(
                "the chart is too large: more than {MAX_FILES} files, {} MiB in all or {} MiB in one",
                MAX_BYTES >> 20,
                MAX_FILE >> 20
            );
            return Err(Error::chart(path, problem));
        }
        self.bytes -= bytes;
        self.files -= 1;
        Ok(())
    }
}

/// Reads a chart from a folder or a `.tgz` archive.
pub(crate) fn load(path: &Path) -> Result<Chart, Error> {
    let mut chart = read(path)?;
    chart.place(chart.metadata.name.clone());
    Ok(chart)
}

fn read(path: &Path) -> Result<Chart, Error> {
    let mut budget = Budget { bytes: MAX_BYTES, files: MAX_FILES };
    let shown = path.display().to_string();
    let read = |reason| Error::Read { path: shown.clone(), reason };
    if path.is_dir() {
        let root = path.canonicalize().map_err(read)?;
        let files = folder(&root, &shown, &mut budget)?;
        return chart(files, &shown, 0, &mut budget);
    }
    let size = path.metadata().map_err(read)?.len();
    if size > MAX_BYTES {
        return Err(Error::chart(shown, "the archive is too large"));
    }
    let bytes = std::fs::read(path).map_err(read)?;
    let files = archive(&bytes, &shown, &mut budget)?;
    chart(files, &shown, 0, &mut budget)
}

/// The files of a folder in byte order of their paths, without those that `.helmignore` names.
fn folder(root: &Path, shown: &str, budget: &mut Budget) -> Result<Vec<File>, Error> {
    let ignore = match std::fs::read_to_string(root.join(".helmignore")) {
        Ok(text) => Ignore::parse(&text).map_err(|problem| Error::chart(format!("{shown}/.helmignore"), problem))?,
        Err(_) => Ignore::default(),
    };
    let mut files = Vec::new();
    walk(root, root, "", &ignore, shown, budget, &mut files)?;
    Ok(files)
}

fn walk(
    root: &Path,
    folder: &Path,
    prefix: &str,
    ignore: &Ignore,
    shown: &str,
    budget: &mut Budget,
    files: &mut Vec<File>,
) -> Result<(), Error> {
    if prefix.matches('/').count() > MAX_FOLDERS {
        return Err(Error::chart(format!("{shown}/{prefix}"), "folders are nested too deep"));
    }
    let read = |reason| Error::Read { path: format!("{shown}/{prefix}"), reason };
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(read)? {
        let entry = entry.map_err(read)?;
        entries.push(entry.file_name().to_string_lossy().into_owned());
    }
    entries.sort_unstable();
    for entry in entries {
        let (name, path) = (format!("{prefix}{entry}"), folder.join(&entry));
        let place = format!("{shown}/{name}");
        let read = |reason| Error::Read { path: place.clone(), reason };
        let kind = path.symlink_metadata().map_err(read)?.file_type();
        let path = if kind.is_symlink() {
            let target = path.canonicalize().map_err(read)?;
            if !target.starts_with(root) || folder.starts_with(&target) {
                return Err(Error::chart(place, "the link leads out of the chart; copy the file instead"));
            }
            target
        } else {
            path
        };
        let metadata = path.metadata().map_err(read)?;
        if ignore.matches(&name, metadata.is_dir()) {
            continue;
        }
        if metadata.is_dir() {
            walk(root, &path, &format!("{name}/"), ignore, shown, budget, files)?;
        } else if metadata.is_file() {
            budget.take(&place, metadata.len())?;
            let data = std::fs::read(&path).map_err(read)?;
            files.push(file(&name, data));
        } else {
            return Err(Error::chart(place, "a chart holds regular files only; remove it"));
        }
    }
    Ok(())
}

fn file(name: &str, data: Vec<u8>) -> File {
    let data = data.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(data);
    File { name: Rc::from(name), data: Rc::from(data) }
}

/// The files of an archive, without the folder that holds them all.
fn archive(bytes: &[u8], shown: &str, budget: &mut Budget) -> Result<Vec<File>, Error> {
    let broken = |reason: std::io::Error| Error::chart(shown, format!("not a readable .tgz archive: {reason}"));
    // Headers and padding count, too: an archive of a million empty entries ends here.
    let unpacked = MultiGzDecoder::new(bytes).take(MAX_BYTES * 2);
    let mut tar = tar::Archive::new(unpacked);
    let mut files = Vec::new();
    for entry in tar.entries().map_err(broken)? {
        let mut entry = entry.map_err(broken)?;
        let kind = entry.header().entry_type();
        if !kind.is_file() {
            if kind.is_symlink() || kind.is_hard_link() {
                return Err(Error::chart(shown, "the archive holds links; pack the files instead"));
            }
            continue;
        }
        let path = entry.path().map_err(broken)?.into_owned();
        let mut parts = Vec::new();
        for component in path.components() {
            match component {
                Component::Normal(part) => parts.push(part.to_string_lossy().into_owned()),
                Component::CurDir => {}
                _ => {
                    let problem = format!("the archive holds the path {}, which leads out of it", path.display());
                    return Err(Error::chart(shown, problem));
                }
            }
        }
        if parts.len() < 2 {
            return Err(Error::chart(shown, "the archive holds no folder with a chart in it"));
        }
        let name = parts[1..].join("/");
        budget.take(&format!("{shown}: {name}"), entry.size())?;
        let mut data = Vec::new();
        entry.read_to_end(&mut data).map_err(broken)?;
        files.push(file(&name, data));
    }
    Ok(files)
}

/// Puts a chart together.
fn chart(files: Vec<File>, shown: &str, depth: usize, budget: &mut Budget) -> Result<Chart, Error> {
    if depth > MAX_DEPTH {
        return Err(Error::chart(shown, format!("charts hold each other more than {MAX_DEPTH} levels deep")));
    }
    let find = |name: &str| files.iter().find(|file| &*file.name == name);
    let yaml = |file: &File| -> Result<Map, Error> {
        let place = format!("{shown}/{}", file.name);
        match from_yaml(&file.text()) {
            Ok(Value::Map(map)) => Ok(map),
            Ok(Value::Nil) => Ok(Map::new()),
            Ok(_) => Err(Error::chart(place, "must be a mapping")),
            Err(failure) => Err(Error::chart(place, format!("cannot load {}: {failure}", file.name))),
        }
    };
    let Some(chart_file) = find("Chart.yaml") else {
        return Err(Error::chart(shown, "Chart.yaml file is missing"));
    };
    let mut metadata = metadata(&yaml(chart_file)?, &format!("{shown}/Chart.yaml"))?;
    let old = metadata.fields.get("apiVersion").is_none_or(|version| version.text().as_deref() == Some("v1"));
    if old && let Some(file) = find("requirements.yaml") {
        metadata.dependencies = dependencies(&yaml(file)?);
    }
    let values = find("values.yaml").map(yaml).transpose()?.unwrap_or_default();
    let schema = find("values.schema.json").map(|file| Rc::from(file.text()));
    let (mut templates, mut others) = (Vec::new(), Vec::new());
    let mut charts: BTreeMap<String, Vec<File>> = BTreeMap::new();
    for file in &files {
        let name = &*file.name;
        match name {
            "Chart.yaml" | "Chart.lock" | "values.yaml" | "values.schema.json" => {}
            "requirements.yaml" | "requirements.lock" if !old => {}
            _ if name.starts_with("templates/") => templates.push(file.clone()),
            _ if name.starts_with("charts/") => {
                if name.ends_with(".prov") {
                    others.push(file.clone());
                    continue;
                }
                let inner = &name["charts/".len()..];
                let first = inner.split('/').next().unwrap_or_default();
                let part = File { name: Rc::from(inner), data: file.data.clone() };
                charts.entry(first.to_owned()).or_default().push(part);
            }
            _ => others.push(file.clone()),
        }
    }
    let mut dependencies = Vec::new();
    for (name, parts) in charts {
        let place = format!("{shown}/charts/{name}");
        if name.starts_with(['_', '.']) {
            continue;
        }
        if name.ends_with(".tgz") {
            let Some(packed) = parts.first().filter(|part| *part.name == *name) else {
                return Err(Error::chart(place, "the name ends in .tgz, but it is no archive"));
            };
            let files = archive(&packed.data, &place, budget)?;
            dependencies.push(chart(files, &place, depth + 1, budget)?);
            continue;
        }
        // Files that lie in `charts/` themselves are none.
        let inner: Vec<File> = parts
            .iter()
            .filter_map(|part| part.name.split_once('/').map(|(_, rest)| (rest, part)))
            .map(|(rest, part)| File { name: Rc::from(rest), data: part.data.clone() })
            .collect();
        if !inner.is_empty() {
            dependencies.push(chart(inner, &place, depth + 1, budget)?);
        }
    }
    let lists_dependencies = !metadata.dependencies.is_empty();
    Ok(Chart {
        metadata,
        values,
        schema,
        templates: templates.into(),
        files: others.into(),
        dependencies,
        loaded_from: String::new(),
        lists_dependencies,
    })
}

/// Fields of `Chart.yaml` that are no part of the text fields.
fn metadata(map: &Map, place: &str) -> Result<Metadata, Error> {
    let string = |key: &str| match map.get(key) {
        None | Some(Value::Nil) => Ok(String::new()),
        Some(value) => match scalar_text(&value) {
            Some(text) => Ok(text),
            None => {
                let kind = value.kind_name();
                Err(Error::chart(place, format!("{key} must be a text, not a {kind}; quote it")))
            }
        },
    };
    let (name, version, kind) = (string("name")?, string("version")?, string("type")?);
    if string("apiVersion")?.is_empty() && map.has("apiVersion") {
        return Err(Error::chart(place, "chart.metadata.apiVersion is required"));
    }
    if name.is_empty() {
        return Err(Error::chart(place, "chart.metadata.name is required"));
    }
    if name.contains('/') || name == "." || name == ".." {
        return Err(Error::chart(place, format!("chart.metadata.name {name:?} is invalid")));
    }
    if version.is_empty() {
        return Err(Error::chart(place, "chart.metadata.version is required"));
    }
    if ks_gotemplate::Version::parse(&version).is_none() {
        return Err(Error::chart(place, format!("chart.metadata.version {version:?} is invalid")));
    }
    if !matches!(kind.as_str(), "" | "application" | "library") {
        return Err(Error::chart(place, "chart.metadata.type must be application or library"));
    }
    Ok(Metadata {
        name,
        version,
        is_library: kind == "library",
        kube_version: string("kubeVersion")?,
        dependencies: dependencies(map),
        fields: map.clone(),
    })
}

/// The text of a scalar where a text is wanted: YAML without quotes makes numbers of versions.
pub(crate) fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => Some(format!("{number:.0}")),
        Value::Float(_) | Value::Bool(_) => ks_gotemplate::to_json(value, usize::MAX).ok(),
        other => other.text().map(|text| text.into_owned()),
    }
}

fn dependencies(map: &Map) -> Vec<Dependency> {
    let listed = map.get("dependencies");
    let items = listed.as_ref().and_then(Value::items).unwrap_or_default();
    let texts = |value: Option<Value>| -> Vec<String> {
        let texts = value.as_ref().and_then(Value::items).unwrap_or_default();
        texts.iter().filter_map(|text| text.text().map(|text| text.into_owned())).collect()
    };
    let one = |map: &Map| {
        let string = |key: &str| map.get(key).as_ref().and_then(scalar_text);
        let imports = map.get("import-values");
        let imports = imports.as_ref().and_then(Value::items).unwrap_or_default();
        Dependency {
            name: string("name").unwrap_or_default(),
            version: string("version").unwrap_or_default(),
            condition: string("condition").unwrap_or_default(),
            tags: texts(map.get("tags")),
            alias: string("alias").unwrap_or_default(),
            imports: imports.iter().filter_map(import).collect(),
            enabled: true,
        }
    };
    items.iter().filter_map(Value::as_map).map(one).collect()
}

/// `name` stands for `exports.name` and for the top of the parent.
fn import(value: &Value) -> Option<Import> {
    if let Some(name) = value.text() {
        return Some(Import { child: format!("exports.{name}"), parent: String::new() });
    }
    let map = value.as_map()?;
    let string = |key: &str| map.get(key).as_ref().and_then(Value::text).map(|text| text.into_owned());
    Some(Import { child: string("child")?, parent: string("parent")? })
}
