//! A whole build.

use crate::annotate::Notes;
use crate::canonical;
use crate::chart::ChartRenderer;
use crate::config::Config;
use crate::error::{Fault, KustomizeError};
use crate::kustomization::Kustomization;
use crate::loader::{Budget, Loader};
use crate::references;
use crate::resources::Resources;
use crate::schema::Schemas;
use crate::sort;
use crate::target::Build;
use serde_json::Value;
use std::cell::RefCell;
use std::fmt;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// What a build may do.
#[derive(Clone)]
pub struct Options<'a> {
    /// The folder that all bases must be in; `None` for no limit.
    pub boundary: Option<PathBuf>,
    /// Bytes that a file may have.
    pub max_file_size: u64,
    /// Bytes that all files may have, repeated ones counted each time.
    pub max_total_size: u64,
    /// How many kustomizations may be included, repeated ones counted each time.
    pub max_kustomizations: usize,
    /// How many objects there may be.
    pub max_objects: usize,
    /// Who renders charts; without it, `helmCharts` is an error.
    pub charts: Option<&'a dyn ChartRenderer>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            boundary: None,
            max_file_size: 32 << 20,
            max_total_size: 256 << 20,
            max_kustomizations: 2_000,
            max_objects: 50_000,
            charts: None,
        }
    }
}

impl fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("boundary", &self.boundary).finish_non_exhaustive()
    }
}

/// An object of the output.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered {
    /// The file that it comes from or that generates it, seen from the folder that was built.
    pub source: String,
    /// The object.
    pub object: Value,
}

/// Builds the kustomization of a folder.
///
/// # Errors
/// Names the file and field that is wrong, and what to do about it.
pub fn build(folder: &Path, options: &Options<'_>) -> Result<Vec<Rendered>, KustomizeError> {
    let budget = Budget::default();
    let loader = Loader::open(folder, options, &budget)?;
    let (path, text) = loader.kustomization()?;
    let kustomization = Kustomization::parse(&text, &path)?;
    let notes = Notes::of(&kustomization.build_metadata);
    let build = Build {
        options,
        top: loader.root.clone(),
        defaults: Rc::new(Config::defaults()),
        schemas: RefCell::new(Schemas::default()),
        record_changes: notes.transformations,
    };
    let mut all = build.accumulate(&loader, &kustomization)?;
    let step =
        |step: &str, Fault(message): Fault| KustomizeError::Step { path: path.clone(), step: step.to_owned(), message };
    hash_names(&mut all.resources);
    references::mend(&mut all.resources, &all.config.name_reference).map_err(|fault| step("names", fault))?;
    all.variables.resolve(&mut all.resources, &all.config.var_reference).map_err(|fault| step("vars", fault))?;
    all.resources.list.retain(|resource| {
        let local = resource.metadata_map("annotations").and_then(|map| map.get("config.kubernetes.io/local-config"));
        local.is_none_or(|value| value == "false")
    });
    sort::apply(&mut all.resources, kustomization.sort.as_ref()).map_err(|fault| step("sortOptions", fault))?;
    notes.write(&mut all.resources);
    Ok(all
        .resources
        .list
        .into_iter()
        .map(|resource| {
            let origin = resource.origin;
            let source = if origin.path.is_empty() { origin.configured_in } else { origin.path };
            Rendered { source, object: resource.value }
        })
        .collect())
}

fn hash_names(resources: &mut Resources) {
    for resource in &mut resources.list {
        if resource.needs_hash {
            let name = format!("{}-{}", resource.name(), canonical::name_hash(resource));
            resource.remember_id();
            resource.set_name(&name);
        }
    }
}
