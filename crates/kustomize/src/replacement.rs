//! `replacements`.

use crate::embedded;
use crate::error::Fault;
use crate::gvk::{Gvk, Id};
use crate::resource::Resource;
use crate::resources::Resources;
use crate::selector::Selector;
use crate::size;
use crate::types::{FieldOptions, Replacement, ReplacementSource, ReplacementTarget};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ks_object::Node;
use serde_json::{Map, Value};

/// Copies a field of one object into fields of others.
pub(crate) fn apply(resources: &mut Resources, replacement: &Replacement) -> Result<(), Fault> {
    if replacement.targets.is_empty() {
        return Err(Fault::new("a replacement has no targets; name some"));
    }
    let value = match (&replacement.source, &replacement.source_value) {
        (Some(source), None) => source_value(resources, source)?,
        (None, Some(value)) => Value::from(value.as_str()),
        _ => return Err(Fault::new("a replacement wants a source or a sourceValue, one of them")),
    };
    replacement.targets.iter().try_for_each(|target| target_values(resources, target, &value))
}

fn source_value(resources: &Resources, source: &ReplacementSource) -> Result<Value, Fault> {
    let gvk = Gvk::new(&source.group, &source.version, &source.kind);
    let wanted = Id { gvk, name: source.name.clone(), namespace: source.namespace.clone() };
    let fits = |id: &Id| {
        wanted.gvk.selects(&id.gvk)
            && (wanted.name.is_empty() || wanted.name == id.name)
            && (wanted.namespace.is_empty() || Some(wanted.namespace.as_str()) == id.effective_namespace())
    };
    let found = resources.positions(fits);
    let path = if source.field_path.is_empty() { "metadata.name" } else { &source.field_path };
    let resource = match found.as_slice() {
        [at] => resources.list.get(*at),
        [] => return Err(Fault::new(format!("source: there is no {wanted}; correct it"))),
        _ => return Err(Fault::new(format!("source: several objects are {wanted}; say more of it"))),
    };
    let Some(resource) = resource else { return Err(Fault::new("source: no object")) };
    let mut object = resource.value.clone();
    let mut values = Vec::new();
    walk(&mut object, &keys(path)?, None, &mut |field| {
        values.push(field.clone());
        Ok(())
    })?;
    let Some(value) = values.into_iter().next().filter(|value| !value.is_null()) else {
        return Err(Fault::new(format!("source: {} has no field {path}; correct fieldPath", resource.id())));
    };
    size::check(&value, 0)?;
    refined(value, source.options.as_ref())
}

/// The part of a value that options choose.
fn refined(value: Value, options: Option<&FieldOptions>) -> Result<Value, Fault> {
    let Some(FieldOptions { delimiter, index, .. }) = options.filter(|options| !options.delimiter.is_empty()) else {
        return Ok(value);
    };
    let Some(text) = scalar_text(&value) else {
        return Err(Fault::new("source: a delimiter splits texts, but the field is none; remove it"));
    };
    let part = usize::try_from(*index).ok().and_then(|at| text.split(delimiter.as_str()).nth(at).map(str::to_owned));
    part.map(Value::from).ok_or_else(|| {
        Fault::new(format!("source: {text:?} has no part {index} when split at {delimiter:?}; correct index"))
    })
}

fn target_values(resources: &mut Resources, target: &ReplacementTarget, value: &Value) -> Result<(), Fault> {
    let Some(select) = &target.select else {
        return Err(Fault::new("a target selects nothing; give it a select"));
    };
    let selector = Selector::new(select)?;
    let rejected = target.reject.iter().map(Selector::new).collect::<Result<Vec<_>, _>>()?;
    let default = ["metadata.name".to_owned()];
    let paths = if target.field_paths.is_empty() { &default[..] } else { &target.field_paths };
    for resource in &mut resources.list {
        let is_rejected = rejected
            .iter()
            .any(|reject| reject.selects_metadata(resource) && resource.ids().any(|id| reject.selects_id(&id)));
        let is_selected = selector.selects_metadata(resource) && resource.ids().any(|id| selector.selects_id(&id));
        if is_selected && !is_rejected {
            paths.iter().try_for_each(|path| set(resource, path, value, target.options.as_ref()))?;
        }
    }
    Ok(())
}

fn set(resource: &mut Resource, path: &str, value: &Value, options: Option<&FieldOptions>) -> Result<(), Fault> {
    let create = options.is_some_and(|options| options.create).then_some(value);
    let mut found = 0;
    walk(&mut resource.value, &keys(path)?, create, &mut |field| {
        found += 1;
        write(field, value, options)
    })
    .map_err(|Fault(message)| Fault::new(format!("{}: {path}: {message}", resource.id())))?;
    size::check_depth(&resource.value)?;
    if found == 0 && create.is_none() {
        let message = format!("target: {} has no field {path}; correct it or set options.create", resource.id());
        return Err(Fault::new(message));
    }
    Ok(())
}

fn write(field: &mut Value, value: &Value, options: Option<&FieldOptions>) -> Result<(), Fault> {
    let value = match options.filter(|options| !options.delimiter.is_empty()) {
        None => match options.map(|options| options.encoding.as_str()) {
            Some("base64") => Value::from(STANDARD.encode(scalar_text(value).unwrap_or_default())),
            _ => value.clone(),
        },
        Some(FieldOptions { delimiter, index, .. }) => {
            let (Some(old), Some(new)) = (scalar_text(field), scalar_text(value)) else {
                return Err(Fault::new("a delimiter splits texts, but the field is none; remove it"));
            };
            let mut parts: Vec<&str> = old.split(delimiter.as_str()).collect();
            // Before the first part or behind the last one, it is added.
            match usize::try_from(*index) {
                Err(_) => parts.insert(0, &new),
                Ok(at) => match parts.get_mut(at) {
                    Some(part) => *part = &new,
                    None => parts.push(&new),
                },
            }
            Value::from(parts.join(delimiter))
        }
    };
    *field = match (&*field, scalar_text(&value)) {
        // A field keeps its type: the port 80 becomes "80" where a text stood.
        (Value::String(_), Some(text)) => Value::from(text),
        (Value::Number(_), Some(text)) => text.parse().map_or(Value::String(text), Value::Number),
        (Value::Bool(_), Some(text)) => text.parse().map_or(Value::String(text), Value::Bool),
        _ => value,
    };
    Ok(())
}

fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null => Some(String::new()),
        _ => None,
    }
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    /// A key or an index.
    Key(String),
    /// `[name=value]`: the item of a list; `[=value]`: the value itself.
    Item(String, String),
    /// `*`: all items, or all fields.
    All,
}

/// Reads `a.b\.c.[name=x].0.*`.
fn keys(path: &str) -> Result<Vec<Step>, Fault> {
    let mut parts = vec![String::new()];
    let mut in_brackets = false;
    let mut chars = path.chars().peekable();
    while let Some(char) = chars.next() {
        let Some(part) = parts.last_mut() else { break };
        match char {
            '\\' if chars.peek() == Some(&'.') => part.extend(chars.next()),
            '.' if !in_brackets => parts.push(String::new()),
            char => {
                in_brackets = match char {
                    '[' if part.is_empty() => true,
                    ']' => false,
                    _ => in_brackets,
                };
                part.push(char);
            }
        }
    }
    let step = |part: String| match part.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) {
        Some(inner) => match inner.split_once('=') {
            Some((key, value)) => Step::Item(key.to_owned(), value.to_owned()),
            // Brackets save escaping the dots of a key.
            None => Step::Key(inner.to_owned()),
        },
        None if part == "*" => Step::All,
        None => Step::Key(part),
    };
    size::check_path(parts.len())?;
    Ok(parts.into_iter().filter(|part| !part.is_empty()).map(step).collect())
}

/// Runs `change` on all fields that a path leads to; with `create`, makes mappings that are missing.
fn walk(
    value: &mut Value,
    path: &[Step],
    create: Option<&Value>,
    change: &mut dyn FnMut(&mut Value) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let Some((step, rest)) = path.split_first() else { return change(value) };
    if let (Value::Null, Some(_), Step::Key(_)) = (&*value, create, step) {
        *value = Value::Object(Map::new());
    }
    match (step, value) {
        (Step::All, Value::Array(items)) => items.iter_mut().try_for_each(|item| walk(item, rest, create, change)),
        (Step::All, Value::Object(fields)) => {
            fields.values_mut().try_for_each(|field| walk(field, rest, create, change))
        }
        (Step::Item(key, wanted), Value::Array(items)) => {
            let is_wanted = |item: &Value| {
                let found = if key.is_empty() { Some(item) } else { item.get(key.as_str()) };
                found.and_then(scalar_text).is_some_and(|text| text == *wanted)
            };
            if create.is_some() && !key.is_empty() && !items.iter().any(is_wanted) {
                let made = Map::from_iter([(key.clone(), Value::from(wanted.as_str()))]);
                items.push(Value::Object(made));
            }
            items.iter_mut().filter(|item| is_wanted(item)).try_for_each(|item| walk(item, rest, create, change))
        }
        (Step::Key(key), Value::Array(items)) => {
            let at = if key == "-" { items.len().checked_sub(1) } else { key.parse::<usize>().ok() };
            match at.and_then(|at| items.get_mut(at)) {
                Some(item) => walk(item, rest, create, change),
                None => Ok(()),
            }
        }
        (Step::Key(key), Value::Object(fields)) => match (fields.get_mut(key), create) {
            (Some(field), _) => walk(field, rest, create, change),
            (None, None) => Ok(()),
            (None, Some(_)) => {
                let field = fields.entry(key.clone()).or_insert(Value::Null);
                walk(field, rest, create, change)
            }
        },
        (_, Value::String(text)) => inside(text, path, create, change),
        _ => Ok(()),
    }
}

/// Goes on in the JSON or YAML that a text holds.
fn inside(
    text: &mut String,
    path: &[Step],
    create: Option<&Value>,
    change: &mut dyn FnMut(&mut Value) -> Result<(), Fault>,
) -> Result<(), Fault> {
    if let Some(mut value) = embedded::json(text) {
        let old = value.clone();
        walk(&mut value, path, create, change)?;
        if value != old {
            *text = embedded::json_text(&value, text);
        }
        return Ok(());
    }
    let find: &embedded::Find<'_> = &|root| path.iter().try_fold(root, step_into);
    if let Some(edited) = embedded::edit_yaml(text, find, change)? {
        *text = edited;
    }
    Ok(())
}

fn step_into<'n>(node: Node<'n>, step: &Step) -> Option<Node<'n>> {
    match step {
        Step::Key(key) => node.get(key).or_else(|| node.item(key.parse().ok()?)),
        Step::Item(key, wanted) => node.items().find(|item| item.get(key).is_some_and(|field| field.text() == wanted)),
        Step::All => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_are_written() {
        let with = |delimiter: &str, index: i64| {
            Some(FieldOptions { delimiter: delimiter.to_owned(), index, ..FieldOptions::default() })
        };
        for (old, new, options, wanted) in [
            (json!("a"), json!(80), None, json!("80")),
            (json!(1), json!("80"), None, json!(80)),
            (json!(1), json!("x"), None, json!("x")),
            (json!(true), json!("false"), None, json!(false)),
            (json!(null), json!(80), None, json!(80)),
            (json!({"a": 1}), json!({"b": 1}), None, json!({"b": 1})),
            (json!("a:b"), json!("x"), with(":", 1), json!("a:x")),
            (json!("a:b"), json!("x"), with(":", -1), json!("x:a:b")),
            (json!("a:b"), json!("x"), with(":", 9), json!("a:b:x")),
        ] {
            let mut field = old.clone();
            write(&mut field, &new, options.as_ref()).unwrap();
            assert_eq!(field, wanted, "{new} into {old}");
        }
    }

    #[test]
    fn paths_are_read() {
        let key = |text: &str| Step::Key(text.to_owned());
        for (path, wanted) in [
            ("a.b", vec![key("a"), key("b")]),
            ("a\\.b.0", vec![key("a.b"), key("0")]),
            ("a.[name=x.y].*", vec![key("a"), Step::Item("name".to_owned(), "x.y".to_owned()), Step::All]),
            ("a.[b.c/d].e", vec![key("a"), key("b.c/d"), key("e")]),
            ("a.[=x]", vec![key("a"), Step::Item(String::new(), "x".to_owned())]),
        ] {
            assert_eq!(keys(path).unwrap(), wanted, "{path}");
        }
    }

    #[test]
    fn missing_fields_are_made() {
        let mut value = json!({"list": [{"name": "a"}]});
        let created = json!(1);
        for path in ["x.y", "list.[name=b].z", "list.[name=a].z"] {
            walk(&mut value, &keys(path).unwrap(), Some(&created), &mut |field| {
                *field = created.clone();
                Ok(())
            })
            .unwrap();
        }
        assert_eq!(value, json!({"x": {"y": 1}, "list": [{"name": "a", "z": 1}, {"name": "b", "z": 1}]}));
    }
}
