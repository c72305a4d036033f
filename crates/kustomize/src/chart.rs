//! `helmCharts`: charts that lie in the tree, inflated by whoever can render them.

use crate::error::KustomizeError;
use crate::kustomization::Kustomization;
use crate::loader::Loader;
use crate::location;
use crate::origin::Origin;
use crate::read;
use crate::resource::Resource;
use crate::target::Build;
use crate::types::HelmChart;
use serde_json::Value;
use std::path::PathBuf;

/// Renders charts. This crate knows nothing of templates.
pub trait ChartRenderer {
    /// Renders a chart to the objects of its manifests, in the order of `helm template`.
    ///
    /// # Errors
    /// Says what is wrong with the chart, naming its file.
    fn render(&self, request: &ChartRequest) -> Result<Vec<Value>, String>;
}

/// A chart to render.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartRequest {
    /// The chart's folder.
    pub chart: PathBuf,
    /// The release's name.
    pub release_name: String,
    /// The release's namespace; empty for the default.
    pub namespace: String,
    /// Values above the chart's own, each set above the one before.
    pub values: Vec<Value>,
    /// Whether custom resource definitions come too.
    pub include_crds: bool,
    /// Whether hooks are left out.
    pub skip_hooks: bool,
    /// Whether test hooks are left out.
    pub skip_tests: bool,
    /// The version of Kubernetes; empty for the default.
    pub kube_version: String,
    /// API versions that the cluster has besides.
    pub api_versions: Vec<String>,
    /// A template for the release's name; empty for none.
    pub name_template: String,
}

/// Inflates a chart.
pub(crate) fn inflate(
    build: &Build<'_>,
    kustomization: &Kustomization,
    loader: &Loader<'_>,
    chart: &HelmChart,
    origin: &Origin,
) -> Result<Vec<Resource>, KustomizeError> {
    let by = &kustomization.path;
    let wrong = |message: String| KustomizeError::Step { path: by.clone(), step: "helmCharts".to_owned(), message };
    if chart.name.is_empty() {
        return Err(wrong("a chart has no name; name it".to_owned()));
    }
    let renderer = build
        .options
        .charts
        .ok_or_else(|| KustomizeError::NoChartRenderer { path: by.clone(), chart: chart.name.clone() })?;
    let folder = folder(kustomization, loader, chart)?;
    let request = ChartRequest {
        chart: folder.clone(),
        release_name: or(&chart.release_name, "release-name"),
        namespace: chart.namespace.clone(),
        values: values(loader, chart).map_err(|failure| failure.unwrap_or_else(|| wrong(merge_modes(chart))))?,
        include_crds: chart.include_crds,
        skip_hooks: chart.skip_hooks,
        skip_tests: chart.skip_tests,
        kube_version: chart.kube_version.clone(),
        api_versions: chart.api_versions.clone(),
        name_template: chart.name_template.clone(),
    };
    let objects = renderer.render(&request).map_err(|message| wrong(format!("chart {}: {message}", chart.name)))?;
    let mut resources = Vec::with_capacity(objects.len());
    for object in objects {
        Resource::of_document(object, origin, &mut resources)
            .map_err(|fault| wrong(format!("chart {}: {}", chart.name, fault.0)))?;
    }
    Ok(resources)
}

fn or(text: &str, default: &str) -> String {
    if text.is_empty() { default.to_owned() } else { text.to_owned() }
}

/// The folder of a chart: `charts/NAME`, or `charts/NAME-VERSION/NAME` as a download leaves it.
fn folder(kustomization: &Kustomization, loader: &Loader<'_>, chart: &HelmChart) -> Result<PathBuf, KustomizeError> {
    let home = [&chart.chart_home, &kustomization.chart_globals.chart_home].into_iter().find(|home| !home.is_empty());
    let home = home.map_or("charts", String::as_str);
    let mut places = vec![format!("{home}/{}", chart.name)];
    if !chart.version.is_empty() {
        places.insert(0, format!("{home}/{}-{}/{}", chart.name, chart.version, chart.name));
    }
    for place in &places {
        if loader.root.join(place).is_dir() {
            return loader.resolve(place);
        }
    }
    let by = kustomization.path.display().to_string();
    match location::host(&chart.repo) {
        Some(host) => Err(KustomizeError::Remote { location: format!("{} of {}", chart.name, chart.repo), host, by }),
        None => Err(KustomizeError::NotFound { path: places.swap_remove(0), by }),
    }
}

fn merge_modes(chart: &HelmChart) -> String {
    format!("chart {}: {:?} is no valuesMerge; use merge, override or replace", chart.name, chart.values_merge)
}

/// The values above the chart's own. `Err(None)` for an unknown way to merge them.
fn values(loader: &Loader<'_>, chart: &HelmChart) -> Result<Vec<Value>, Option<KustomizeError>> {
    let file = |name: &str| -> Result<Value, Option<KustomizeError>> {
        let text = loader.text(name).map_err(Some)?;
        read::configuration(&text, name).map_err(Some)
    };
    let mut layers = Vec::new();
    let own = if chart.values_file.is_empty() { None } else { Some(file(&chart.values_file)?) };
    let inline = (!chart.values_inline.is_null()).then(|| chart.values_inline.clone());
    match chart.values_merge.as_str() {
        "" | "override" => layers.extend(own.into_iter().chain(inline)),
        "merge" => layers.extend(inline.into_iter().chain(own)),
        "replace" => layers.extend(inline.or(own)),
        _ => return Err(None),
    }
    for name in &chart.additional_values_files {
        layers.push(file(name)?);
    }
    Ok(layers)
}
