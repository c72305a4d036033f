//! Renders a chart.

use crate::chart::{Chart, File};
use crate::error::Error;
use crate::files::Files;
use crate::manifest::{Manifest, Role, sorted, split};
use crate::objects::{KubeVersion, capabilities, chart as chart_object};
use crate::values::{Nulls, VALUES, coalesce};
use crate::{Release, dependencies, schema};
use ks_gotemplate::{Constraint, Map, Options, Templates, Value, Version};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A template with what it sees.
struct Renderable {
    text: Rc<[u8]>,
    data: Map,
    base: String,
}

pub(crate) fn render(
    mut chart: Chart,
    given: &Map,
    release: &Release,
    options: Options,
) -> Result<Vec<Manifest>, Error> {
    if chart.metadata.is_library {
        return Err(Error::chart(chart.name(), "library charts are not installable; name a chart that uses it"));
    }
    dependencies::process(&mut chart, given)?;
    let values = coalesce(&chart, given, Nulls::Remove)?;
    schema::validate(&chart, &values)?;
    let kube_version = kube_version(&release.kube_version)?;
    check_kube_version(&chart, &kube_version)?;

    let api_versions: Vec<String> = crate::api_versions::BUILT_IN
        .iter()
        .map(|one| (*one).to_owned())
        .chain(release.api_versions.iter().cloned())
        .collect();
    let top = Map::of(VALUES);
    top.set("Capabilities", capabilities(&kube_version, &api_versions));
    top.set("Release", release_object(release));
    let mut found = BTreeMap::new();
    collect(&chart, chart.name(), true, &top, Some(&values), &mut found);
    let mut manifests = crds(&chart, chart.name(), release.include_crds);
    manifests.extend(sorted(&run(found, options)?)?);
    Ok(manifests)
}

fn release_object(release: &Release) -> Value {
    Value::dict([
        ("Name", Value::str(&release.name)),
        ("Namespace", Value::str(&release.namespace)),
        ("IsUpgrade", Value::Bool(false)),
        ("IsInstall", Value::Bool(true)),
        ("Revision", Value::int(1)),
        ("Service", Value::str("Helm")),
    ])
}

fn kube_version(text: &str) -> Result<KubeVersion, Error> {
    let Some(version) = Version::parse(text) else {
        let problem = "is no version of Kubernetes; give one like 1.34.0".to_owned();
        return Err(Error::Flag { flag: format!("--kube-version {text}"), problem });
    };
    Ok(KubeVersion {
        version: format!("v{version}"),
        major: version.major.to_string(),
        minor: version.minor.to_string(),
    })
}

fn check_kube_version(chart: &Chart, given: &KubeVersion) -> Result<(), Error> {
    let wanted = &chart.metadata.kube_version;
    if wanted.is_empty() {
        return Ok(());
    }
    let fits = match (Constraint::parse(wanted), Version::parse(&given.version)) {
        (Some(constraint), Some(version)) => constraint.allows(&version),
        _ => false,
    };
    if fits {
        return Ok(());
    }
    Err(Error::KubeVersion { wanted: wanted.clone(), given: given.version.clone() })
}

/// The path of a chart below another. One that the other does not list keeps the path that it was loaded from, even
/// when the other goes by an alias: so do two aliases of one chart share what is below it.
fn path_below(chart: &Chart, path: &str, name: &str) -> String {
    let above = if chart.lists_dependencies { path } else { &chart.loaded_from };
    format!("{above}/charts/{name}")
}

/// The templates of a chart and of all below it, and what they see.
fn collect(
    chart: &Chart,
    path: &str,
    is_root: bool,
    above: &Map,
    values: Option<&Map>,
    found: &mut BTreeMap<String, Renderable>,
) -> Map {
    let values = values.map_or_else(|| Map::of(VALUES), |values| values.as_kind(VALUES));
    let below = Map::new();
    let data = Map::of(VALUES);
    data.set("Chart", chart_object(&chart.metadata, is_root));
    data.set("Files", Value::Object(Rc::new(Files::new(chart.files.to_vec()))));
    for shared in ["Release", "Capabilities"] {
        data.set(shared, above.get(shared).unwrap_or(Value::Nil));
    }
    data.set("Values", Value::Map(values.clone()));
    data.set("Subcharts", Value::Map(below.clone()));
    for dependency in &chart.dependencies {
        let name = dependency.name();
        let inner = values.get(name);
        let inner = inner.as_ref().and_then(Value::as_map);
        let seen = collect(dependency, &path_below(chart, path, name), false, &data, inner, found);
        below.set(name, Value::Map(seen));
    }
    for File { name, data: text } in chart.templates.iter() {
        let is_partial = name.rsplit('/').next().is_some_and(|last| last.starts_with('_'));
        if chart.metadata.is_library && !is_partial {
            continue;
        }
        let base = format!("{path}/templates");
        found.insert(format!("{path}/{name}"), Renderable { text: text.clone(), data: data.clone(), base });
    }
    data
}

/// Runs all templates; what each makes, by its path.
fn run(found: BTreeMap<String, Renderable>, options: Options) -> Result<Vec<(String, String)>, Error> {
    // Deeper charts first and the last names first: who comes later overrides.
    let mut order: Vec<(&String, &Renderable)> = found.iter().collect();
    order.sort_by_key(|(name, _)| Reverse((name.matches('/').count(), *name)));
    let mut templates = Templates::default();
    for (name, renderable) in &order {
        templates.add(name, &String::from_utf8_lossy(&renderable.text))?;
    }
    let mut exec = templates.run(options);
    let mut rendered = BTreeMap::new();
    for (name, renderable) in order {
        if name.rsplit('/').next().is_some_and(|last| last.starts_with('_')) {
            continue;
        }
        let template = Map::of(VALUES);
        template.set("Name", Value::str(name));
        template.set("BasePath", Value::str(&renderable.base));
        renderable.data.set("Template", Value::Map(template));
        let text = exec.execute(name, Value::Map(renderable.data.clone()))?;
        // Notes are for people; only their errors count.
        if !name.ends_with("NOTES.txt") && !text.trim().is_empty() {
            rendered.insert(name.clone(), text);
        }
    }
    Ok(rendered.into_iter().collect())
}

/// Definitions in the folders `crds`, each file as it is.
fn crds(chart: &Chart, path: &str, wanted: bool) -> Vec<Manifest> {
    let mut found = Vec::new();
    if !wanted {
        return found;
    }
    for file in chart.files.iter() {
        let is_manifest = [".yaml", ".yml", ".json"].iter().any(|extension| file.name.ends_with(extension));
        if !file.name.starts_with("crds/") || !is_manifest {
            continue;
        }
        let text = file.text();
        for part in split(&text) {
            let source = format!("{path}/{}", file.name);
            found.push(Manifest { source, text: format!("{part}\n"), role: Role::Crd });
        }
    }
    for dependency in &chart.dependencies {
        found.extend(crds(dependency, &path_below(chart, path, dependency.name()), wanted));
    }
    found
}
