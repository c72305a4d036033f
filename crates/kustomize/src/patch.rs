//! Patches and the objects that they are for.

use crate::error::Fault;
use crate::gvk::{Gvk, Id};
use crate::json_patch::{self, Operation};
use crate::merge;
use crate::read;
use crate::resource::{Resource, text_at};
use crate::resources::Resources;
use crate::schema::Schemas;
use crate::selector::Selector;
use crate::types::{self, PatchOptions};
use serde_json::Value;

/// A patch of either kind.
#[derive(Debug)]
enum Patch {
    Strategic(Vec<Value>),
    Json(Vec<Operation>),
}

/// Applies an item of `patches`: a patch of either kind, to its target or to the object that it names.
pub(crate) fn apply(
    resources: &mut Resources,
    text: &str,
    target: Option<&types::Selector>,
    options: PatchOptions,
    schemas: &Schemas,
) -> Result<(), Fault> {
    match (parse(text)?, target) {
        (Patch::Strategic(patches), None) => strategic(resources, patches, options, schemas),
        (Patch::Strategic(patches), Some(target)) => {
            let selector = Selector::new(target)?;
            for patch in patches {
                for resource in resources.list.iter_mut().filter(|resource| selector.selects(resource)) {
                    merge_into(resource, &patch, options, schemas);
                }
                resources.drop_deleted();
            }
            Ok(())
        }
        (Patch::Json(operations), Some(target)) => {
            let selector = Selector::new(target)?;
            for resource in resources.list.iter_mut().filter(|resource| selector.selects(resource)) {
                apply_operations(resource, &operations)?;
            }
            Ok(())
        }
        (Patch::Json(_), None) => Err(Fault::new("a JSON patch names no object; give it a target")),
    }
}

/// Applies the patches of a text of `patchesStrategicMerge`.
pub(crate) fn apply_strategic(resources: &mut Resources, text: &str, schemas: &Schemas) -> Result<(), Fault> {
    let patches = read::manifests(text, "patch").map_err(|error| Fault::new(error.to_string()))?;
    strategic(resources, flatten(patches)?, PatchOptions::default(), schemas)
}

/// Applies an item of `patchesJson6902`: to exactly one object.
pub(crate) fn apply_json(resources: &mut Resources, text: &str, target: &types::Selector) -> Result<(), Fault> {
    let Some(operations) = operations(text)? else {
        return Err(Fault::new("a JSON patch is a list of operations; write them as one"));
    };
    let selector = Selector::new(target)?;
    let mut found = false;
    for resource in resources.list.iter_mut().filter(|resource| selector.selects(resource)) {
        apply_operations(resource, &operations)?;
        found = true;
    }
    if found {
        return Ok(());
    }
    Err(Fault::new(format!("target {} {}: there is no such object; correct the target", target.kind, target.name)))
}

fn strategic(
    resources: &mut Resources,
    patches: Vec<Value>,
    options: PatchOptions,
    schemas: &Schemas,
) -> Result<(), Fault> {
    for patch in patches {
        let wanted = id(&patch);
        let found = resources.positions(|id| id.is_same(&wanted));
        let at = match found.as_slice() {
            [at] => *at,
            [] => {
                return Err(Fault::new(format!("no object is called {wanted}; correct the patch or give it a target")));
            }
            _ => return Err(Fault::new(format!("several objects are called {wanted}; give the patch a target"))),
        };
        if let Some(resource) = resources.list.get_mut(at) {
            merge_into(resource, &patch, options, schemas);
        }
        resources.drop_deleted();
    }
    Ok(())
}

fn apply_operations(resource: &mut Resource, operations: &[Operation]) -> Result<(), Fault> {
    resource.remember_id();
    let id = resource.id();
    json_patch::apply(&mut resource.value, operations).map_err(|Fault(message)| Fault::new(format!("{id}: {message}")))
}

fn merge_into(resource: &mut Resource, patch: &Value, options: PatchOptions, schemas: &Schemas) {
    let mut options = options;
    let mut patch = patch.clone();
    take_annotations(&mut patch, &mut options);
    let id = resource.id();
    if options.allow_name_change || options.allow_kind_change {
        resource.remember_id();
    }
    let merged = merge::merge(resource.value.take(), patch, schemas.of(&id.gvk));
    let Some(merged) = merged else { return };
    resource.value = merged;
    if !options.allow_kind_change
        && let Value::Object(fields) = &mut resource.value
    {
        fields.insert("kind".to_owned(), Value::from(id.gvk.kind));
    }
    if !options.allow_name_change {
        resource.set_name(&id.name);
    }
    resource.set_namespace(&id.namespace);
}

/// Options can stand in annotations of the patch, which are no part of the object.
fn take_annotations(patch: &mut Value, options: &mut PatchOptions) {
    let Some(metadata) = patch.get_mut("metadata").and_then(Value::as_object_mut) else { return };
    let Some(Value::Object(annotations)) = metadata.get_mut("annotations") else { return };
    let mut is_on = |key: &str| annotations.remove(key).is_some_and(|value| value == "enabled" || value == "true");
    options.allow_name_change |= is_on("internal.config.kubernetes.io/allowNameChange");
    options.allow_kind_change |= is_on("internal.config.kubernetes.io/allowKindChange");
}

fn parse(text: &str) -> Result<Patch, Fault> {
    if let Some(operations) = operations(text)? {
        return Ok(Patch::Json(operations));
    }
    let patches = read::manifests(text, "patch").map_err(|error| Fault::new(error.to_string()))?;
    flatten(patches).map(Patch::Strategic)
}

/// The operations of a JSON patch; `None` when the text is no list.
fn operations(text: &str) -> Result<Option<Vec<Operation>>, Fault> {
    // A text with several documents is no JSON patch.
    let Ok(value) = read::configuration(text, "patch") else { return Ok(None) };
    if !value.is_array() {
        return Ok(None);
    }
    let operations = serde_json::from_value(value);
    operations.map(Some).map_err(|error| Fault::new(format!("no list of JSON patch operations: {error}")))
}

fn flatten(patches: Vec<Value>) -> Result<Vec<Value>, Fault> {
    let mut flat = Vec::with_capacity(patches.len());
    for patch in patches {
        if !patch.is_object() {
            return Err(Fault::new("a patch is neither a mapping nor a list of operations"));
        }
        let is_list = text_at(&patch, &["kind"]).is_some_and(|kind| kind.ends_with("List"));
        match patch.get("items") {
            Some(Value::Array(items)) if is_list => flat.extend(items.iter().cloned()),
            _ => flat.push(patch),
        }
    }
    if flat.is_empty() {
        return Err(Fault::new("the patch is empty; write one or remove it"));
    }
    Ok(flat)
}

fn id(patch: &Value) -> Id {
    let text = |path: &[&str]| text_at(patch, path).unwrap_or_default();
    Id {
        gvk: Gvk::of(text(&["apiVersion"]), text(&["kind"])),
        name: text(&["metadata", "name"]).to_owned(),
        namespace: text(&["metadata", "namespace"]).to_owned(),
    }
}
