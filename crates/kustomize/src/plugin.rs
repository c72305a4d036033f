//! Built-in plugins with configurations of their own: `generators`, `transformers`, `validators`.

use crate::canonical;
use crate::chart;
use crate::error::Fault;
use crate::field::FieldSpec;
use crate::generate::{self, Failure};
use crate::gvk::Gvk;
use crate::image;
use crate::kustomization::Kustomization;
use crate::labels;
use crate::loader::Loader;
use crate::namespace::{Namespace, Subjects};
use crate::origin::{Origin, Plugin};
use crate::patch;
use crate::read;
use crate::rename::{self, End};
use crate::replacement;
use crate::replicas;
use crate::resource::{Resource, text_at};
use crate::sort;
use crate::target::{Accumulated, Build, json_patch_text, replacements};
use crate::types::{
    GeneratorArgs, GeneratorOptions, HelmChart, Image, JsonPatchArgs, PatchOptions, Replacement, Replica, Selector,
    SortOptions, Texts,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::path::Path;

/// Fields of the transformers that have no type of their own.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Args {
    field_specs: Vec<FieldSpec>,
    annotations: Texts,
    labels: Texts,
    prefix: String,
    suffix: String,
    unset_only: bool,
    set_role_binding_subjects: Subjects,
    image_tag: Image,
    replica: Replica,
    path: String,
    patch: String,
    target: Option<Selector>,
    options: PatchOptions,
    paths: Vec<String>,
    patches: String,
    replacements: Vec<Replacement>,
    value: Value,
    targets: Vec<AddTarget>,
    sort_options: Option<SortOptions>,
}

/// Where a `ValueAddTransformer` puts its value.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct AddTarget {
    selector: Option<Selector>,
    not_selector: Option<Selector>,
    field_path: String,
    file_path_position: i64,
}

/// What objects say of a plugin that made or changed them.
pub(crate) fn origin(build: &Build<'_>, kustomization: &Path, config: &Resource) -> Origin {
    let text = |path: &[&str]| text_at(&config.value, path).unwrap_or_default().to_owned();
    let plugin =
        Plugin { api_version: text(&["apiVersion"]), kind: text(&["kind"]), name: text(&["metadata", "name"]) };
    let file = &config.origin.path;
    let configured_in = if file.is_empty() { build.seen(kustomization) } else { file.clone() };
    Origin { path: String::new(), configured_in, plugin: Some(plugin) }
}

/// Runs a generator.
pub(crate) fn generate(
    build: &Build<'_>,
    kustomization: &Kustomization,
    loader: &Loader<'_>,
    config: &Resource,
) -> Result<Vec<Resource>, Failure> {
    let gvk = builtin(config)?;
    let made_by = origin(build, &kustomization.path, config);
    let kind = match gvk.kind.as_str() {
        "ConfigMapGenerator" => generate::Kind::ConfigMap,
        "SecretGenerator" => generate::Kind::Secret,
        "HelmChartInflationGenerator" => {
            let chart: HelmChart = read_args(config)?;
            return Ok(chart::inflate(build, kustomization, loader, &chart, &made_by)?);
        }
        _ => return Err(unknown(&gvk).into()),
    };
    let mut args: GeneratorArgs = read_args(config)?;
    config.name().clone_into(&mut args.name);
    config.namespace().clone_into(&mut args.namespace);
    let defaults = GeneratorOptions::default();
    Ok(vec![generate::generate(kind, &args, &defaults, loader, made_by)?])
}

/// Runs a transformer.
pub(crate) fn transform(
    config: &Resource,
    loader: &Loader<'_>,
    build: &Build<'_>,
    all: &mut Accumulated,
) -> Result<(), Failure> {
    let gvk = builtin(config)?;
    let resources = &mut all.resources;
    let args: Args = match gvk.kind.as_str() {
        "PatchJson6902Transformer" => {
            let args: JsonPatchArgs = read_args(config)?;
            let text = json_patch_text(&args.path, &args.patch, &args.json_op, loader)?;
            let target = args.target.ok_or_else(|| Fault::new("a JSON patch has no target; give it one"))?;
            return Ok(patch::apply_json(resources, &text, &target)?);
        }
        _ => read_args(config)?,
    };
    let fields = &args.field_specs;
    let schemas = build.schemas.borrow();
    match gvk.kind.as_str() {
        "AnnotationsTransformer" => labels::apply(resources, &args.annotations, fields)?,
        "LabelTransformer" => labels::apply(resources, &args.labels, fields)?,
        "NamespaceTransformer" => {
            let (name, unset_only) = (config.namespace(), args.unset_only);
            let subjects = args.set_role_binding_subjects;
            Namespace { name, fields, subjects, unset_only }.apply(resources)?;
        }
        "PrefixTransformer" => rename::apply(resources, End::Prefix, &args.prefix, fields)?,
        "SuffixTransformer" => rename::apply(resources, End::Suffix, &args.suffix, fields)?,
        "PrefixSuffixTransformer" => {
            rename::apply(resources, End::Prefix, &args.prefix, fields)?;
            rename::apply(resources, End::Suffix, &args.suffix, fields)?;
        }
        "ImageTagTransformer" => image::apply(resources, &args.image_tag, fields)?,
        "ReplicaCountTransformer" => replicas::apply(resources, &args.replica, fields)?,
        "PatchTransformer" => {
            let text = if args.path.is_empty() { args.patch.clone() } else { loader.text(&args.path)? };
            patch::apply(resources, &text, args.target.as_ref(), args.options, &schemas)?;
        }
        "PatchStrategicMergeTransformer" => {
            for path in &args.paths {
                patch::apply_strategic(resources, &loader.text(path)?, &schemas)?;
            }
            if !args.patches.is_empty() {
                patch::apply_strategic(resources, &args.patches, &schemas)?;
            }
        }
        "ReplacementTransformer" => {
            for item in replacements(&args.replacements, loader)? {
                replacement::apply(resources, &item)?;
            }
        }
        "ValueAddTransformer" => add_value(all, &args)?,
        "LegacyOrderTransformer" => sort::legacy(resources, None),
        "SortOrderTransformer" => sort::apply(resources, args.sort_options.as_ref())?,
        "HashTransformer" => {
            for resource in resources.list.iter_mut().filter(|resource| resource.needs_hash) {
                let name = format!("{}-{}", resource.name(), canonical::name_hash(resource));
                resource.remember_id();
                resource.set_name(&name);
                resource.needs_hash = false;
            }
        }
        _ => return Err(unknown(&gvk).into()),
    }
    Ok(())
}

fn add_value(all: &mut Accumulated, args: &Args) -> Result<(), Fault> {
    let Value::String(value) = &args.value else {
        return Err(Fault::new("value is no text; quote it"));
    };
    for target in &args.targets {
        let wanted = target.selector.clone().unwrap_or_default();
        let selector = crate::selector::Selector::new(&wanted)?;
        let unwanted = target.not_selector.as_ref().map(crate::selector::Selector::new).transpose()?;
        let spec = FieldSpec::new(Gvk::default(), &target.field_path, true);
        for resource in &mut all.resources.list {
            if !selector.selects(resource) || unwanted.as_ref().is_some_and(|selector| selector.selects(resource)) {
                continue;
            }
            if target.field_path == "metadata/name" || target.field_path == "metadata/namespace" {
                resource.remember_id();
            }
            spec.visit(&mut resource.value, &mut |field| {
                *field = match (field.as_str(), usize::try_from(target.file_path_position)) {
                    // The value becomes a part of a path, counted from 1.
                    (Some(text), Ok(position)) if position > 0 => {
                        let absolute = usize::from(text.starts_with('/'));
                        let mut parts: Vec<&str> = text.split('/').collect();
                        let at = (position - 1 + absolute).min(parts.len());
                        parts.insert(at, value);
                        Value::from(parts.join("/"))
                    }
                    _ => Value::from(value.as_str()),
                };
                Ok(())
            })?;
        }
    }
    Ok(())
}

/// Refuses what is no built-in plugin: others would have to be run.
fn builtin(config: &Resource) -> Result<Gvk, Fault> {
    let gvk = config.gvk();
    let function = config.metadata_map("annotations").is_some_and(|annotations| {
        annotations.keys().any(|key| key == "config.kubernetes.io/function" || key == "config.k8s.io/function")
    });
    if function || gvk.api_version() != "builtin" {
        let message = format!("{gvk} {} is a plugin that would have to be run; only built-in ones are", config.name());
        return Err(Fault::new(message));
    }
    Ok(gvk)
}

fn unknown(gvk: &Gvk) -> Fault {
    Fault::new(format!("there is no built-in plugin {} for this field; correct kind", gvk.kind))
}

fn read_args<T: DeserializeOwned>(config: &Resource) -> Result<T, Fault> {
    let mut value = config.value.clone();
    read::without_nulls(&mut value);
    serde_json::from_value(value).map_err(|error| Fault::new(format!("{} {}: {error}", config.gvk(), config.name())))
}
