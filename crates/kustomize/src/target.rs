//! One kustomization: its bases, generators, components and transformers, in their order.

use crate::build::Options;
use crate::config::Config;
use crate::crds;
use crate::error::{Fault, KustomizeError};
use crate::field::{self, FieldSpec};
use crate::generate::{self, Failure};
use crate::image;
use crate::kustomization::Kustomization;
use crate::labels;
use crate::loader::{Entry, Loader, relative};
use crate::namespace::{Namespace, Subjects};
use crate::origin::Origin;
use crate::patch;
use crate::plugin;
use crate::read;
use crate::rename::{self, End};
use crate::replacement;
use crate::replicas;
use crate::resource::Resource;
use crate::resources::Resources;
use crate::schema::{OpenApi, Schemas};
use crate::types::{Replacement, Texts};
use crate::variables::Variables;
use crate::{chart, gvk::Gvk};
use serde_json::Value;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// What holds for a whole build.
#[derive(Debug)]
pub(crate) struct Build<'a> {
    pub(crate) options: &'a Options<'a>,
    /// The folder that is built.
    pub(crate) top: PathBuf,
    /// Which fields transformers touch without any configuration.
    pub(crate) defaults: Rc<Config>,
    pub(crate) schemas: RefCell<Schemas>,
    /// Whether objects are told what changed them.
    pub(crate) record_changes: bool,
}

/// What a kustomization and its bases give.
#[derive(Debug)]
pub(crate) struct Accumulated {
    pub(crate) resources: Resources,
    /// The build's defaults themselves, unless there is more.
    pub(crate) config: Rc<Config>,
    pub(crate) variables: Variables,
}

/// One kustomization being applied.
struct Layer<'l, 'a> {
    build: &'l Build<'a>,
    loader: &'l Loader<'a>,
    kustomization: &'l Kustomization,
    all: &'l mut Accumulated,
}

impl<'a> Build<'a> {
    /// What a kustomization gives.
    pub(crate) fn accumulate(
        &self,
        loader: &Loader<'a>,
        kustomization: &Kustomization,
    ) -> Result<Accumulated, KustomizeError> {
        let mut all = Accumulated {
            resources: Resources::default(),
            config: Rc::clone(&self.defaults),
            variables: Variables::default(),
        };
        self.apply(loader, kustomization, &mut all)?;
        Ok(all)
    }

    /// Applies a kustomization, or a component to what is there already.
    fn apply(
        &self,
        loader: &Loader<'a>,
        kustomization: &Kustomization,
        all: &mut Accumulated,
    ) -> Result<(), KustomizeError> {
        let mut layer = Layer { build: self, loader, kustomization, all };
        layer.openapi()?;
        layer.resources()?;
        layer.configurations()?;
        layer.generators()?;
        layer.components()?;
        layer.transformers()?;
        layer.validators()?;
        let added = layer.all.variables.absorb(&kustomization.variables, &mut layer.all.resources);
        layer.step("vars", added)
    }

    /// A file's place, seen from the folder that is built.
    pub(crate) fn seen(&self, file: &Path) -> String {
        relative(&self.top, file)
    }

    /// The objects that configure plugins: of a text, a file or a folder.
    fn plugin_configs(&self, loader: &Loader<'a>, by: &Path, entry: &str) -> Result<Vec<Resource>, KustomizeError> {
        let (text, path) = if entry.contains('\n') {
            (entry.to_owned(), by.to_owned())
        } else {
            match loader.entry(entry, by)? {
                Entry::File(text) => (text, loader.resolve(entry)?),
                Entry::Folder(folder) => {
                    let (path, text) = folder.kustomization()?;
                    let kustomization = Kustomization::parse(&text, &path)?;
                    return Ok(self.accumulate(&folder, &kustomization)?.resources.list);
                }
            }
        };
        self.objects(&text, &path)
    }

    /// The objects of a file.
    fn objects(&self, text: &str, path: &Path) -> Result<Vec<Resource>, KustomizeError> {
        let name = path.display().to_string();
        let origin = Origin::file(self.seen(path));
        let mut objects = Vec::new();
        for document in read::manifests(text, &name)? {
            Resource::of_document(document, &origin, &mut objects)
                .map_err(|Fault(message)| KustomizeError::Content { path: name.clone(), message })?;
        }
        Ok(objects)
    }
}

impl<'a> Layer<'_, 'a> {
    fn step<T>(&self, step: &str, result: Result<T, Fault>) -> Result<T, KustomizeError> {
        result.map_err(|Fault(message)| KustomizeError::Step {
            path: self.kustomization.path.clone(),
            step: step.to_owned(),
            message,
        })
    }

    fn openapi(&mut self) -> Result<(), KustomizeError> {
        let Some(path) = self.kustomization.openapi.get("path") else { return Ok(()) };
        let document = read::configuration(&self.loader.text(path)?, path)?;
        // The outermost kustomization that gives one decides.
        if matches!(*self.build.schemas.borrow(), Schemas::Builtin) {
            *self.build.schemas.borrow_mut() = Schemas::Given(OpenApi::parse(document, path)?);
        }
        Ok(())
    }

    fn resources(&mut self) -> Result<(), KustomizeError> {
        let by = &self.kustomization.path;
        for name in &self.kustomization.resources {
            match self.loader.entry(name, by)? {
                Entry::File(text) => {
                    let path = self.loader.resolve(name)?;
                    let added = self.all.resources.append(self.build.objects(&text, &path)?);
                    self.step(&format!("resources: {name}"), added)?;
                }
                Entry::Folder(loader) => {
                    let (path, text) = loader.kustomization()?;
                    let base = Kustomization::parse(&text, &path)?;
                    if base.is_component {
                        let message = "a component is no resource; list it in components".to_owned();
                        return Err(KustomizeError::Content { path: path.display().to_string(), message });
                    }
                    let base = self.build.accumulate(&loader, &base)?;
                    let added = self.all.resources.append(base.resources.list);
                    self.step(&format!("resources: {name}"), added)?;
                    if !Rc::ptr_eq(&base.config, &self.build.defaults) {
                        Rc::make_mut(&mut self.all.config).add(&base.config);
                    }
                    let merged = self.all.variables.merge(base.variables);
                    self.step("vars", merged)?;
                }
            }
            self.check_size()?;
        }
        Ok(())
    }

    fn check_size(&self) -> Result<(), KustomizeError> {
        let limit = self.build.options.max_objects;
        if self.all.resources.list.len() <= limit {
            return Ok(());
        }
        let reason = format!("more than {limit} objects; build parts of the tree");
        Err(KustomizeError::TooLarge { path: self.kustomization.path.clone(), reason })
    }

    fn configurations(&mut self) -> Result<(), KustomizeError> {
        for name in &self.kustomization.configurations {
            let value = read::configuration(&self.loader.text(name)?, name)?;
            Rc::make_mut(&mut self.all.config).add(&Config::parse(value, name)?);
        }
        for name in &self.kustomization.crds {
            let value = read::configuration(&self.loader.text(name)?, name)?;
            Rc::make_mut(&mut self.all.config).add(&crds::config(&value));
        }
        Ok(())
    }

    fn generators(&mut self) -> Result<(), KustomizeError> {
        let kustomization = self.kustomization;
        let seen = self.build.seen(&kustomization.path);
        for (kind, items, field, plugin) in [
            (generate::Kind::ConfigMap, &kustomization.config_maps, "configMapGenerator", "ConfigMapGenerator"),
            (generate::Kind::Secret, &kustomization.secrets, "secretGenerator", "SecretGenerator"),
        ] {
            for args in items {
                let origin = Origin::builtin(seen.clone(), plugin);
                let made = generate::generate(kind, args, &kustomization.generator_options, self.loader, origin);
                let made = made.map_err(|failure| self.failure(&format!("{field}: {}", args.name), failure))?;
                let absorbed = self.all.resources.absorb(made);
                self.step(field, absorbed)?;
            }
        }
        for chart in &kustomization.charts {
            let origin = Origin::builtin(seen.clone(), "HelmChartInflationGenerator");
            for object in chart::inflate(self.build, kustomization, self.loader, chart, &origin)? {
                let absorbed = self.all.resources.absorb(object);
                self.step("helmCharts", absorbed)?;
            }
        }
        for entry in &kustomization.generators {
            for config in self.build.plugin_configs(self.loader, &kustomization.path, entry)? {
                let made = plugin::generate(self.build, kustomization, self.loader, &config);
                for object in made.map_err(|failure| self.failure("generators", failure))? {
                    let absorbed = self.all.resources.absorb(object);
                    self.step("generators", absorbed)?;
                }
            }
        }
        self.check_size()
    }

    fn failure(&self, step: &str, failure: Failure) -> KustomizeError {
        match failure {
            Failure::File(error) => error,
            Failure::Fault(Fault(message)) => {
                KustomizeError::Step { path: self.kustomization.path.clone(), step: step.to_owned(), message }
            }
        }
    }

    fn components(&mut self) -> Result<(), KustomizeError> {
        for name in &self.kustomization.components {
            let loader = self.loader.folder(name, &self.kustomization.path)?;
            let (path, text) = loader.kustomization()?;
            let component = Kustomization::parse(&text, &path)?;
            if !component.is_component {
                let message = "kind is not Component; list it in resources, or set kind: Component".to_owned();
                return Err(KustomizeError::Content { path: path.display().to_string(), message });
            }
            self.build.apply(&loader, &component, self.all)?;
        }
        Ok(())
    }

    fn transformers(&mut self) -> Result<(), KustomizeError> {
        self.patches()?;
        self.names()?;
        self.labels()?;
        self.values()?;
        for entry in &self.kustomization.transformers {
            for config in self.build.plugin_configs(self.loader, &self.kustomization.path, entry)? {
                let (loader, build) = (self.loader, self.build);
                let origin = plugin::origin(build, &self.kustomization.path, &config);
                self.run("transformers", origin, |all| plugin::transform(&config, loader, build, all))?;
            }
        }
        Ok(())
    }

    /// Validators are transformers that must change nothing.
    fn validators(&mut self) -> Result<(), KustomizeError> {
        for entry in &self.kustomization.validators {
            for config in self.build.plugin_configs(self.loader, &self.kustomization.path, entry)? {
                let before: Vec<Value> =
                    self.all.resources.list.iter().map(|resource| resource.value.clone()).collect();
                let checked = plugin::transform(&config, self.loader, self.build, self.all);
                checked.map_err(|failure| self.failure("validators", failure))?;
                if before.iter().ne(self.all.resources.list.iter().map(|resource| &resource.value)) {
                    let changed = format!("{} changes objects; list it in transformers", config.name());
                    return self.step("validators", Err(Fault::new(changed)));
                }
            }
        }
        Ok(())
    }

    /// Runs a built-in transformer of a field.
    fn builtin(
        &mut self,
        field: &str,
        plugin: &str,
        change: impl FnOnce(&mut Accumulated) -> Result<(), Fault>,
    ) -> Result<(), KustomizeError> {
        let origin = Origin::builtin(self.build.seen(&self.kustomization.path), plugin);
        self.run(field, origin, |all| change(all).map_err(Failure::from))
    }

    fn run(
        &mut self,
        field: &str,
        origin: Origin,
        change: impl FnOnce(&mut Accumulated) -> Result<(), Failure>,
    ) -> Result<(), KustomizeError> {
        change(self.all).map_err(|failure| self.failure(field, failure))?;
        self.all.resources.drop_deleted();
        // quirk: a transformer is noted at all objects that it was given, changed or not.
        if self.build.record_changes {
            self.all.resources.list.iter_mut().for_each(|resource| resource.changed_by.push(origin.clone()));
        }
        Ok(())
    }

    fn patches(&mut self) -> Result<(), KustomizeError> {
        let (kustomization, loader, build) = (self.kustomization, self.loader, self.build);
        let mut texts = Vec::with_capacity(kustomization.strategic_patches.len());
        for entry in &kustomization.strategic_patches {
            // A patch of one line is a file's name.
            let is_inline = entry.contains('\n') || entry.contains(": ");
            texts.push(if is_inline { entry.clone() } else { loader.text(entry)? });
        }
        if !texts.is_empty() {
            self.builtin("patchesStrategicMerge", "PatchStrategicMergeTransformer", |all| {
                let schemas = build.schemas.borrow();
                texts.iter().try_for_each(|text| patch::apply_strategic(&mut all.resources, text, &schemas))
            })?;
        }
        for item in &kustomization.patches {
            let text = match (item.path.as_str(), item.patch.as_str()) {
                ("", "") => {
                    return self.step("patches", Err(Fault::new("an item has neither path nor patch; give one")));
                }
                (path, "") => loader.text(path)?,
                ("", patch) => patch.to_owned(),
                (path, _) => {
                    let message = format!("an item has both path ({path}) and patch; remove one");
                    return self.step("patches", Err(Fault::new(message)));
                }
            };
            let field = if item.path.is_empty() { "patches".to_owned() } else { format!("patches: {}", item.path) };
            self.builtin(&field, "PatchTransformer", |all| {
                let schemas = build.schemas.borrow();
                patch::apply(&mut all.resources, &text, item.target.as_ref(), item.options, &schemas)
            })?;
        }
        Ok(())
    }

    fn names(&mut self) -> Result<(), KustomizeError> {
        let kustomization = self.kustomization;
        if !kustomization.namespace.is_empty() {
            self.builtin("namespace", "NamespaceTransformer", |all| {
                let fields = &all.config.namespace;
                let name = &kustomization.namespace;
                Namespace { name, fields, subjects: Subjects::default(), unset_only: false }.apply(&mut all.resources)
            })?;
        }
        if !kustomization.name_prefix.is_empty() {
            self.builtin("namePrefix", "PrefixTransformer", |all| {
                rename::apply(&mut all.resources, End::Prefix, &kustomization.name_prefix, &all.config.name_prefix)
            })?;
        }
        if kustomization.name_suffix.is_empty() {
            return Ok(());
        }
        self.builtin("nameSuffix", "SuffixTransformer", |all| {
            rename::apply(&mut all.resources, End::Suffix, &kustomization.name_suffix, &all.config.name_suffix)
        })
    }

    fn labels(&mut self) -> Result<(), KustomizeError> {
        let kustomization = self.kustomization;
        let metadata = FieldSpec::new(Gvk::default(), "metadata/labels", true);
        for label in &kustomization.labels {
            self.builtin("labels", "LabelTransformer", |all| {
                let mut fields = label.fields.clone();
                if label.include_selectors {
                    field::merge(&mut fields, &all.config.common_labels);
                } else {
                    if label.include_templates {
                        field::merge(&mut fields, &all.config.template_labels);
                    }
                    field::merge(&mut fields, &all.config.labels);
                    field::merge(&mut fields, std::slice::from_ref(&metadata));
                }
                labels::apply(&mut all.resources, &label.pairs, &fields)
            })?;
        }
        let mut set = |field: &str, plugin: &str, entries: &Texts, fields: fn(&Config) -> &[FieldSpec]| {
            if entries.is_empty() {
                return Ok(());
            }
            self.builtin(field, plugin, |all| labels::apply(&mut all.resources, entries, fields(&all.config)))
        };
        let labels = &kustomization.common_labels;
        set("commonLabels", "LabelTransformer", labels, |config| &config.common_labels)?;
        let annotations = &kustomization.common_annotations;
        set("commonAnnotations", "AnnotationsTransformer", annotations, |config| &config.common_annotations)
    }

    fn values(&mut self) -> Result<(), KustomizeError> {
        let (kustomization, loader) = (self.kustomization, self.loader);
        for item in &kustomization.json_patches {
            let text = json_patch_text(item.path.as_str(), &item.patch, &item.json_op, loader)?;
            let Some(target) = &item.target else {
                return self.step("patchesJson6902", Err(Fault::new("a JSON patch has no target; give it one")));
            };
            self.builtin("patchesJson6902", "PatchJson6902Transformer", |all| {
                patch::apply_json(&mut all.resources, &text, target)
            })?;
        }
        for item in &kustomization.replicas {
            self.builtin("replicas", "ReplicaCountTransformer", |all| {
                replicas::apply(&mut all.resources, item, &all.config.replicas)
            })?;
        }
        for item in &kustomization.images {
            self.builtin("images", "ImageTagTransformer", |all| {
                image::apply(&mut all.resources, item, &all.config.images)
            })?;
        }
        let replacements = replacements(&kustomization.replacements, loader)?;
        if replacements.is_empty() {
            return Ok(());
        }
        self.builtin("replacements", "ReplacementTransformer", |all| {
            replacements.iter().try_for_each(|item| replacement::apply(&mut all.resources, item))
        })
    }
}

/// The text of a JSON patch: of a file, or as it stands.
pub(crate) fn json_patch_text(
    path: &str,
    patch: &str,
    operations: &str,
    loader: &Loader<'_>,
) -> Result<String, KustomizeError> {
    match [patch, operations].into_iter().find(|text| !text.is_empty()) {
        Some(text) => Ok(text.to_owned()),
        None => loader.text(path),
    }
}

/// Replacements, those in files read: a file has one or a list.
pub(crate) fn replacements(given: &[Replacement], loader: &Loader<'_>) -> Result<Vec<Replacement>, KustomizeError> {
    let mut all = Vec::new();
    for item in given {
        if item.path.is_empty() {
            all.push(item.clone());
            continue;
        }
        let mut value = read::configuration(&loader.text(&item.path)?, &item.path)?;
        read::without_nulls(&mut value);
        let items = match value {
            Value::Array(items) => items,
            single => vec![single],
        };
        for item_value in items {
            let read = serde_json::from_value(item_value);
            all.push(read.map_err(|error| KustomizeError::Content {
                path: item.path.clone(),
                message: format!("no replacement: {error}"),
            })?);
        }
    }
    Ok(all)
}
