//! `crds`: OpenAPI definitions whose extensions say which fields hold names, labels and annotations.

use crate::config::Config;
use crate::field::FieldSpec;
use crate::gvk::Gvk;
use crate::types::NameReference;
use serde_json::{Map, Value};

/// How deep definitions are followed; more is a circle.
const MAX_DEPTH: usize = 32;

/// The fields that a file of definitions describes.
pub(crate) fn config(definitions: &Value) -> Config {
    let mut config = Config::default();
    let Value::Object(definitions) = definitions else { return config };
    for (name, definition) in definitions {
        let Some(properties) = properties(definition) else { continue };
        // Only whole objects have a kind; it is the last part of the type's name.
        if ["apiVersion", "kind", "metadata"].iter().all(|key| properties.contains_key(*key)) {
            let kind = name.rsplit('.').next().unwrap_or(name);
            let gvk = Gvk::new("", "", kind);
            let mut budget = 10_000;
            follow(definitions, properties, &gvk, &mut Vec::new(), &mut config, &mut budget);
        }
    }
    config
}

fn properties(definition: &Value) -> Option<&Map<String, Value>> {
    let schema = definition.get("Schema").or_else(|| definition.get("schema")).unwrap_or(definition);
    schema.get("properties")?.as_object()
}

fn follow(
    definitions: &Map<String, Value>,
    properties: &Map<String, Value>,
    gvk: &Gvk,
    path: &mut Vec<String>,
    config: &mut Config,
    budget: &mut usize,
) {
    for (name, property) in properties {
        if *budget == 0 || path.len() >= MAX_DEPTH {
            return;
        }
        *budget -= 1;
        path.push(name.clone());
        let text = |key: &str| property.get(key).and_then(Value::as_str);
        let spec = |path: &[String]| FieldSpec::new(gvk.clone(), &path.join("/"), false);
        if property.get("x-kubernetes-annotation").is_some() {
            config.common_annotations.push(spec(path));
        }
        if property.get("x-kubernetes-label-selector").is_some() {
            config.common_labels.push(spec(path));
        }
        if property.get("x-kubernetes-identity").is_some() {
            config.name_prefix.push(spec(path));
        }
        if let (Some(version), Some(kind)) =
            (text("x-kubernetes-object-ref-api-version"), text("x-kubernetes-object-ref-kind"))
        {
            path.push(text("x-kubernetes-object-ref-name-key").unwrap_or("name").to_owned());
            let target = Gvk::new("", version, kind);
            config.add_reference(&NameReference { target, field_specs: vec![spec(path)] });
            path.pop();
        }
        let reference = text("$ref").map(|reference| reference.strip_prefix("#/definitions/").unwrap_or(reference));
        if let Some(next) = reference.and_then(|name| definitions.get(name)).and_then(self::properties) {
            follow(definitions, next, gvk, path, config, budget);
        }
        path.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn references_are_found_behind_references() {
        let definitions = json!({
            "example.Bee": {"Schema": {"properties": {
                "apiVersion": {}, "kind": {}, "metadata": {},
                "spec": {"$ref": "example.Spec"},
            }}},
            "example.Spec": {"Schema": {"properties": {
                "self": {"$ref": "example.Spec"},
                "config": {"x-kubernetes-object-ref-api-version": "v1", "x-kubernetes-object-ref-kind": "ConfigMap"},
            }}},
        });
        let config = config(&definitions);
        let reference = &config.name_reference[0];
        assert_eq!(reference.target, Gvk::new("", "v1", "ConfigMap"));
        assert!(reference.field_specs.contains(&FieldSpec::new(Gvk::new("", "", "Bee"), "spec/config/name", false)));
    }
}
