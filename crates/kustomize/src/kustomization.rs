//! The kustomization file.

use crate::error::KustomizeError;
use crate::read;
use crate::types::{
    GeneratorArgs, GeneratorOptions, HelmChart, HelmGlobals, Image, JsonPatchArgs, Label, Patch, Replacement, Replica,
    SortOptions, Texts, Variable,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// What a kustomization file says.
#[derive(Debug, Default)]
pub(crate) struct Kustomization {
    /// The file.
    pub(crate) path: PathBuf,
    pub(crate) is_component: bool,
    pub(crate) resources: Vec<String>,
    pub(crate) components: Vec<String>,
    pub(crate) crds: Vec<String>,
    pub(crate) configurations: Vec<String>,
    pub(crate) openapi: Texts,
    pub(crate) name_prefix: String,
    pub(crate) name_suffix: String,
    pub(crate) namespace: String,
    pub(crate) common_labels: Texts,
    pub(crate) labels: Vec<Label>,
    pub(crate) common_annotations: Texts,
    pub(crate) patches: Vec<Patch>,
    pub(crate) strategic_patches: Vec<String>,
    pub(crate) json_patches: Vec<JsonPatchArgs>,
    pub(crate) images: Vec<Image>,
    pub(crate) replicas: Vec<Replica>,
    pub(crate) replacements: Vec<Replacement>,
    pub(crate) variables: Vec<Variable>,
    pub(crate) generator_options: GeneratorOptions,
    pub(crate) config_maps: Vec<GeneratorArgs>,
    pub(crate) secrets: Vec<GeneratorArgs>,
    pub(crate) charts: Vec<HelmChart>,
    pub(crate) chart_globals: HelmGlobals,
    pub(crate) generators: Vec<String>,
    pub(crate) transformers: Vec<String>,
    pub(crate) validators: Vec<String>,
    pub(crate) sort: Option<SortOptions>,
    pub(crate) build_metadata: Vec<String>,
}

const GROUP: &str = "kustomize.config.k8s.io/";

/// Fields on the way from the file into [`Kustomization`].
struct Fields<'a> {
    map: Map<String, Value>,
    path: &'a Path,
}

impl Kustomization {
    /// Reads a kustomization file.
    pub(crate) fn parse(text: &str, path: &Path) -> Result<Self, KustomizeError> {
        let mut value = read::configuration(text, &path.display().to_string())?;
        read::without_nulls(&mut value);
        let map = match value {
            Value::Object(map) => map,
            Value::Null => Map::new(),
            _ => return Err(content(path, "no mapping; write `resources:` and other fields".to_owned())),
        };
        let has_metadata = map.contains_key("metadata");
        let mut fields = Fields { map, path };
        let is_component = fields.head()?;
        if !has_metadata && fields.map.is_empty() {
            return Err(content(path, "kustomization.yaml is empty; list at least a resource".to_owned()));
        }
        let (patches, listed) = fields.patches()?;
        let mut read = Self {
            path: path.to_owned(),
            is_component,
            resources: fields.take("resources")?,
            components: fields.take("components")?,
            crds: fields.take("crds")?,
            configurations: fields.take("configurations")?,
            openapi: fields.take("openapi")?,
            name_prefix: fields.take("namePrefix")?,
            name_suffix: fields.take("nameSuffix")?,
            namespace: fields.take("namespace")?,
            common_labels: fields.take("commonLabels")?,
            labels: fields.take("labels")?,
            common_annotations: fields.take("commonAnnotations")?,
            patches,
            strategic_patches: fields.take("patchesStrategicMerge")?,
            json_patches: fields.take("patchesJson6902")?,
            images: fields.take("images")?,
            replicas: fields.take("replicas")?,
            replacements: fields.take("replacements")?,
            variables: fields.take("vars")?,
            generator_options: fields.take("generatorOptions")?,
            config_maps: fields.take("configMapGenerator")?,
            secrets: fields.take("secretGenerator")?,
            charts: fields.take("helmCharts")?,
            chart_globals: fields.take("helmGlobals")?,
            generators: fields.take("generators")?,
            transformers: fields.take("transformers")?,
            validators: fields.take("validators")?,
            sort: fields.take("sortOptions")?,
            build_metadata: fields.take("buildMetadata")?,
        };
        // Deprecated names of fields.
        read.resources.extend(fields.take::<Vec<String>>("bases")?);
        read.strategic_patches.extend(listed);
        read.charts.extend(fields.take::<Vec<HelmChart>>("helmChartInflationGenerator")?);
        read.images.extend(fields.take::<Vec<Image>>("imageTags")?);
        fields.finish()?;
        read.check()?;
        Ok(read)
    }

    fn check(&self) -> Result<(), KustomizeError> {
        let known = ["managedByLabel", "originAnnotations", "transformerAnnotations"];
        if let Some(other) = self.build_metadata.iter().find(|option| !known.contains(&option.as_str())) {
            let message = format!("buildMetadata: {other:?} is no option; there are {}", known.join(", "));
            return Err(content(&self.path, message));
        }
        if let Some(other) = self.openapi.keys().find(|key| !matches!(key.as_str(), "path" | "version")) {
            let message = format!("openapi: {other:?} is no field; there are path and version");
            return Err(content(&self.path, message));
        }
        Ok(())
    }
}

impl Fields<'_> {
    /// Checks `apiVersion` and `kind`; says whether it is a component.
    fn head(&mut self) -> Result<bool, KustomizeError> {
        let kind: String = self.take("kind")?;
        let version: String = self.take("apiVersion")?;
        // What it is called has no effect.
        self.take::<Value>("metadata")?;
        let wanted = match kind.as_str() {
            "" | "Kustomization" => "v1beta1",
            "Component" => "v1alpha1",
            other => {
                let message = format!("kind is {other}; write Kustomization or Component");
                return Err(content(self.path, message));
            }
        };
        if !version.is_empty() && version.strip_prefix(GROUP) != Some(wanted) {
            let message = format!("apiVersion is {version}; for this kind, write {GROUP}{wanted}");
            return Err(content(self.path, message));
        }
        Ok(kind == "Component")
    }

    /// `patches`; once a list of files, which are returned apart.
    fn patches(&mut self) -> Result<(Vec<Patch>, Vec<String>), KustomizeError> {
        let mut files = Vec::new();
        if let Some(name) = self.name("patches")
            && let Some(Value::Array(items)) = self.map.get_mut(&name)
        {
            items.retain(|item| match item {
                Value::String(text) => {
                    files.push(text.clone());
                    false
                }
                _ => true,
            });
        }
        Ok((self.take("patches")?, files))
    }

    /// Takes a field out; the default when it is missing.
    fn take<T: DeserializeOwned + Default>(&mut self, name: &str) -> Result<T, KustomizeError> {
        let Some(given) = self.name(name) else { return Ok(T::default()) };
        let value = self.map.remove(&given).unwrap_or_default();
        serde_json::from_value(value).map_err(|error| {
            let error = error.to_string();
            let hint = if error.ends_with("expected a string") { "; quote it" } else { "" };
            content(self.path, format!("{given}: {error}{hint}"))
        })
    }

    /// A field's name as it is given: case does not matter, an exact match wins.
    fn name(&self, name: &str) -> Option<String> {
        if self.map.contains_key(name) {
            return Some(name.to_owned());
        }
        self.map.keys().find(|key| key.eq_ignore_ascii_case(name)).cloned()
    }

    /// Refuses fields that are left.
    fn finish(&self) -> Result<(), KustomizeError> {
        match self.map.keys().next() {
            None => Ok(()),
            Some(field) => {
                Err(content(self.path, format!("{field:?} is no field of a kustomization; remove or correct it")))
            }
        }
    }
}

fn content(path: &Path, message: String) -> KustomizeError {
    KustomizeError::Content { path: path.display().to_string(), message }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Kustomization, String> {
        Kustomization::parse(text, Path::new("k.yaml")).map_err(|error| error.to_string())
    }

    #[test]
    fn wrong_files_are_refused_by_name() {
        for (text, part) in [
            ("namePrefixx: a", "namePrefixx"),
            ("labels: [{pairs: {a: y}}]", "labels"),
            ("kind: Deployment", "Deployment"),
            ("apiVersion: kustomize.config.k8s.io/v1\nresources: [a]", "v1beta1"),
            ("kind: Component\napiVersion: kustomize.config.k8s.io/v1beta1", "v1alpha1"),
            ("resources: a", "resources"),
            ("kind: Kustomization", "empty"),
            ("", "empty"),
            ("[a]", "mapping"),
            ("buildMetadata: [x]", "buildMetadata"),
            ("a: [", "k.yaml"),
            ("patches: [{pathh: a}]", "pathh"),
        ] {
            let message = parse(text).unwrap_err();
            assert!(message.contains(part) && message.contains("k.yaml"), "{text:?}: {message}");
        }
    }

    #[test]
    fn deprecated_and_odd_forms_are_read() {
        let read =
            parse("bases: [b]\nresources: [a]\nnameprefix: p-\npatches: [x.yaml, {path: y.yaml}]\nvars:\n").unwrap();
        assert_eq!(read.resources, ["a", "b"]);
        assert_eq!(read.name_prefix, "p-");
        assert_eq!(read.strategic_patches, ["x.yaml"]);
        assert_eq!(read.patches.len(), 1);
        assert!(parse("kind: Component\nresources: [a]").unwrap().is_component);
    }
}
