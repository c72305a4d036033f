//! One object on its way through a build.

use crate::error::Fault;
use crate::gvk::{Gvk, Id};
use crate::origin::Origin;
use serde_json::{Map, Value};

/// What a generated object does to one of the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Behavior {
    /// There must be none.
    #[default]
    Create,
    /// It takes its place.
    Replace,
    /// It adds its data.
    Merge,
}

/// An object and what the build knows of its past.
#[derive(Debug, Clone)]
pub(crate) struct Resource {
    /// The object. Null once it is deleted.
    pub(crate) value: Value,
    /// Names that it had, the oldest first.
    pub(crate) previous: Vec<Id>,
    /// Prefixes that its name got, the first one first.
    pub(crate) prefixes: Vec<String>,
    /// Suffixes that its name got.
    pub(crate) suffixes: Vec<String>,
    pub(crate) behavior: Behavior,
    /// Whether its name gets a hash of its content in the end.
    pub(crate) needs_hash: bool,
    /// Variables that read a field of it.
    pub(crate) variables: Vec<String>,
    /// Where it comes from.
    pub(crate) origin: Origin,
    /// What changed it; recorded only when wanted.
    pub(crate) changed_by: Vec<Origin>,
}

impl Resource {
    /// An object out of a manifest or a generator.
    pub(crate) fn new(value: Value, origin: Origin) -> Self {
        Self {
            value,
            previous: Vec::new(),
            prefixes: Vec::new(),
            suffixes: Vec::new(),
            behavior: Behavior::Create,
            needs_hash: false,
            variables: Vec::new(),
            origin,
            changed_by: Vec::new(),
        }
    }

    /// Makes objects of a document: of a list, its items.
    pub(crate) fn of_document(value: Value, origin: &Origin, out: &mut Vec<Self>) -> Result<(), Fault> {
        let Value::Object(fields) = &value else {
            return Err(Fault::new(
                "a document is no mapping, so no Kubernetes object; write apiVersion, kind, metadata",
            ));
        };
        let kind = fields.get("kind").and_then(Value::as_str).unwrap_or_default();
        if kind.is_empty() {
            let name = text_at(&value, &["metadata", "name"]).unwrap_or("without a name");
            return Err(Fault::new(format!("an object ({name}) has no kind; write apiVersion and kind")));
        }
        if kind.ends_with("List")
            && let Some(Value::Array(items)) = fields.get("items")
        {
            return items.clone().into_iter().try_for_each(|item| Self::of_document(item, origin, out));
        }
        if kind == "List" {
            return Ok(());
        }
        let named = ["name", "generateName"]
            .into_iter()
            .any(|key| text_at(&value, &["metadata", key]).is_some_and(|name| !name.is_empty()));
        if !named && !kind.ends_with("List") {
            return Err(Fault::new(format!("an object of kind {kind} has no metadata.name; name it")));
        }
        out.push(Self::new(value, origin.clone()));
        Ok(())
    }

    pub(crate) fn gvk(&self) -> Gvk {
        let text = |key| text_at(&self.value, &[key]).unwrap_or_default();
        Gvk::of(text("apiVersion"), text("kind"))
    }

    pub(crate) fn name(&self) -> &str {
        text_at(&self.value, &["metadata", "name"]).unwrap_or_default()
    }

    pub(crate) fn namespace(&self) -> &str {
        text_at(&self.value, &["metadata", "namespace"]).unwrap_or_default()
    }

    /// What it is called now.
    pub(crate) fn id(&self) -> Id {
        Id { gvk: self.gvk(), name: self.name().to_owned(), namespace: self.namespace().to_owned() }
    }

    /// What it was called first.
    pub(crate) fn original_id(&self) -> Id {
        self.previous.first().cloned().unwrap_or_else(|| self.id())
    }

    /// All that it was and is called.
    pub(crate) fn ids(&self) -> impl Iterator<Item = Id> + '_ {
        self.previous.iter().cloned().chain(std::iter::once(self.id()))
    }

    /// Remembers what it is called, because that may change next: references to it are found by it.
    pub(crate) fn remember_id(&mut self) {
        self.previous.push(self.id());
    }

    pub(crate) fn set_name(&mut self, name: &str) {
        self.set_metadata("name", name);
    }

    /// Sets the namespace; an empty one is taken out.
    pub(crate) fn set_namespace(&mut self, namespace: &str) {
        if namespace.is_empty() {
            if let Some(Value::Object(metadata)) = self.value.get_mut("metadata") {
                metadata.remove("namespace");
            }
            return;
        }
        self.set_metadata("namespace", namespace);
    }

    /// A map of texts below `metadata`: `labels` or `annotations`.
    pub(crate) fn metadata_map(&self, key: &str) -> Option<&Map<String, Value>> {
        self.value.get("metadata")?.get(key)?.as_object()
    }

    /// Sets an entry of `metadata.labels` or `metadata.annotations`.
    pub(crate) fn set_metadata_entry(&mut self, map: &str, key: &str, value: &str) {
        let Some(metadata) = object_at(&mut self.value, "metadata") else { return };
        let Some(entries) = metadata.get_mut(map).filter(|entries| entries.is_object()) else {
            let entries = Map::from_iter([(key.to_owned(), Value::from(value))]);
            metadata.insert(map.to_owned(), Value::Object(entries));
            return;
        };
        if let Value::Object(entries) = entries {
            entries.insert(key.to_owned(), Value::from(value));
        }
    }

    fn set_metadata(&mut self, key: &str, value: &str) {
        if let Some(metadata) = object_at(&mut self.value, "metadata") {
            metadata.insert(key.to_owned(), Value::from(value));
        }
    }
}

/// The text at a path of keys.
pub(crate) fn text_at<'a>(value: &'a Value, path: &[&str]) -> Option<&'a str> {
    path.iter().try_fold(value, |value, key| value.get(key))?.as_str()
}

/// The mapping below a key, made if there is none; `None` when the value is no mapping itself.
pub(crate) fn object_at<'a>(value: &'a mut Value, key: &str) -> Option<&'a mut Map<String, Value>> {
    let field = value.as_object_mut()?.entry(key).or_insert_with(|| Value::Object(Map::new()));
    if !field.is_object() {
        *field = Value::Object(Map::new());
    }
    field.as_object_mut()
}
