//! Fields that a transformer touches, and the way to them.

use crate::error::Fault;
use crate::gvk::Gvk;
use crate::size;
use serde::Deserialize;
use serde_json::{Map, Value};

/// A field in objects of some kind: `fieldSpec`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub(crate) struct FieldSpec {
    #[serde(flatten)]
    pub(crate) gvk: Gvk,
    /// Keys, separated by `/`. `\/` is a slash inside of a key. Lists on the way are gone through item by item.
    pub(crate) path: String,
    /// Whether the field is made where it is missing.
    pub(crate) create: bool,
}

impl FieldSpec {
    pub(crate) fn new(gvk: Gvk, path: &str, create: bool) -> Self {
        Self { gvk, path: path.to_owned(), create }
    }

    /// Runs `change` on the field, or the fields, of an object, if it is of the kind.
    pub(crate) fn visit(
        &self,
        object: &mut Value,
        change: &mut dyn FnMut(&mut Value) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let text = |key| object.get(key).and_then(Value::as_str).unwrap_or_default();
        if !self.gvk.selects(&Gvk::of(text("apiVersion"), text("kind"))) {
            return Ok(());
        }
        self.visit_any(object, change)
    }

    /// [`Self::visit`] whatever kind the object is of.
    pub(crate) fn visit_any(
        &self,
        object: &mut Value,
        change: &mut dyn FnMut(&mut Value) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let path = split(&self.path);
        size::check_path(path.len())?;
        walk(object, &path, self.create, change)
    }
}

/// Adds field specs to others, none twice. Which of two for the same field wins is the first.
pub(crate) fn merge(into: &mut Vec<FieldSpec>, more: &[FieldSpec]) {
    for spec in more {
        if !into.iter().any(|known| known.gvk == spec.gvk && known.path == spec.path) {
            into.push(spec.clone());
        }
    }
}

/// The keys of a path that are separated by slashes.
pub(crate) fn split(path: &str) -> Vec<String> {
    let mut keys = vec![String::new()];
    let mut chars = path.trim_start_matches('/').chars().peekable();
    while let Some(char) = chars.next() {
        match (char, keys.last_mut()) {
            ('\\', Some(key)) if chars.peek() == Some(&'/') => {
                chars.next();
                key.push('/');
            }
            ('/', _) => keys.push(String::new()),
            (char, Some(key)) => key.push(char),
            (_, None) => {}
        }
    }
    keys
}

fn walk(
    value: &mut Value,
    path: &[String],
    create: bool,
    change: &mut dyn FnMut(&mut Value) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let Some((key, rest)) = path.split_first() else { return change(value) };
    match value {
        Value::Array(items) => items.iter_mut().try_for_each(|item| walk(item, path, create, change)),
        Value::Object(fields) => {
            let (key, is_list) = key.strip_suffix("[]").map_or((key.as_str(), false), |key| (key, true));
            match fields.get_mut(key) {
                Some(Value::Null) | None => {
                    // A list cannot be made: it would have no items to set the field in.
                    if !create || is_list {
                        return Ok(());
                    }
                    let mut made = if rest.is_empty() { Value::Null } else { Value::Object(Map::new()) };
                    walk(&mut made, rest, create, change)?;
                    fields.insert(key.to_owned(), made);
                    Ok(())
                }
                Some(field) => walk(field, rest, create, change),
            }
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use serde_json::json;

    fn set(path: &str, create: bool, mut object: Value) -> Value {
        let spec = FieldSpec::new(Gvk::default(), path, create);
        spec.visit(&mut object, &mut |field| {
            *field = json!("x");
            Ok(())
        })
        .unwrap();
        object
    }

    #[test]
    fn paths_go_through_lists_and_make_what_is_missing() {
        for (path, create, object, wanted) in [
            ("a/b", false, json!({"a": {"b": 1}}), json!({"a": {"b": "x"}})),
            ("a/b", false, json!({"a": {}}), json!({"a": {}})),
            ("a/b", true, json!({}), json!({"a": {"b": "x"}})),
            ("a/b", true, json!({"a": null}), json!({"a": {"b": "x"}})),
            ("a/b", false, json!({"a": [{"b": 1}, {"b": 2}, {}]}), json!({"a": [{"b": "x"}, {"b": "x"}, {}]})),
            ("a[]/b", true, json!({"a": [{}]}), json!({"a": [{"b": "x"}]})),
            ("a[]/b", true, json!({}), json!({})),
            ("a\\/b/c", true, json!({}), json!({"a/b": {"c": "x"}})),
            ("a/b", true, json!({"a": "text"}), json!({"a": "text"})),
        ] {
            assert_eq!(set(path, create, object.clone()), wanted, "{path} in {object}");
        }
    }

    #[test]
    fn only_the_kind_is_touched() {
        let spec = FieldSpec::new(Gvk::new("apps", "", "Deployment"), "a", true);
        for (api_version, kind, touched) in
            [("apps/v1", "Deployment", true), ("v1", "Deployment", false), ("apps/v1", "ReplicaSet", false)]
        {
            let mut object = json!({"apiVersion": api_version, "kind": kind});
            spec.visit(&mut object, &mut |field| {
                *field = json!(1);
                Ok(())
            })
            .unwrap();
            assert_eq!(object.get("a").is_some(), touched, "{api_version} {kind}");
        }
    }
}
