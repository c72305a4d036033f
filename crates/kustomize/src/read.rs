//! Values out of YAML texts.

use crate::error::KustomizeError;
use ks_yaml::{Limits, Schema};
use serde_json::Value;

/// Reads the documents of a text with manifests; empty ones are left out.
pub(crate) fn manifests(text: &str, path: &str) -> Result<Vec<Value>, KustomizeError> {
    documents(text, path, Schema::Core)
}

/// Reads the one document of a configuration file; null when it is empty.
pub(crate) fn configuration(text: &str, path: &str) -> Result<Value, KustomizeError> {
    let mut documents = documents(text, path, Schema::Kubernetes)?;
    if documents.len() > 1 {
        let message = "one document is wanted, not several; split the file".to_owned();
        return Err(KustomizeError::Content { path: path.to_owned(), message });
    }
    Ok(documents.pop().unwrap_or_default())
}

fn documents(text: &str, path: &str, schema: Schema) -> Result<Vec<Value>, KustomizeError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut values = Vec::new();
    for document in ks_yaml::documents_as(text, Limits::default(), schema) {
        let tree = document.content.map_err(|problem| KustomizeError::Syntax { path: path.to_owned(), problem })?;
        if let Some(root) = tree.as_ref().and_then(ks_yaml::Tree::root) {
            values.push(ks_object::to_json(root));
        }
    }
    Ok(values)
}

/// Takes the fields that are null out, at every depth: to the reference's reader they are not there.
pub(crate) fn without_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(without_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(without_nulls),
        _ => {}
    }
}
