//! `vars`.

use crate::error::Fault;
use crate::field::FieldSpec;
use crate::gvk::{Gvk, Id};
use crate::resources::Resources;
use crate::types::Variable;
use serde_json::Value;
use std::collections::BTreeMap;

/// The variables of a tree, by name.
#[derive(Debug, Default)]
pub(crate) struct Variables {
    list: Vec<Variable>,
}

impl Variables {
    /// Adds the variables of a kustomization and marks the objects that they read.
    pub(crate) fn absorb(&mut self, given: &[Variable], resources: &mut Resources) -> Result<(), Fault> {
        for variable in given {
            let mut variable = variable.clone();
            if variable.name.is_empty() {
                return Err(Fault::new("a variable has no name; name it"));
            }
            if variable.fieldref.field_path.is_empty() {
                "metadata.name".clone_into(&mut variable.fieldref.field_path);
            }
            self.add(variable.clone())?;
            let wanted = id(&variable);
            let any_namespace = wanted.namespace.is_empty() && !wanted.gvk.is_cluster_scoped();
            let found = resources.positions(|id| {
                if any_namespace { id.gvk == wanted.gvk && id.name == wanted.name } else { id.is_same(&wanted) }
            });
            match found.as_slice() {
                // A base above may bring it.
                [] => {}
                [at] => {
                    if let Some(resource) = resources.list.get_mut(*at) {
                        resource.variables.push(variable.name);
                    }
                }
                several => {
                    let message =
                        format!("{}: {} objects are {wanted}; give its namespace", variable.name, several.len());
                    return Err(Fault::new(message));
                }
            }
        }
        Ok(())
    }

    /// Adds the variables of a base.
    pub(crate) fn merge(&mut self, others: Self) -> Result<(), Fault> {
        others.list.into_iter().try_for_each(|variable| self.add(variable))
    }

    fn add(&mut self, variable: Variable) -> Result<(), Fault> {
        if self.list.iter().any(|known| known.name == variable.name) {
            let message = format!("variable {} is defined twice in the tree; rename one", variable.name);
            return Err(Fault::new(message));
        }
        self.list.push(variable);
        Ok(())
    }

    /// Puts the values of the variables in.
    pub(crate) fn resolve(&self, resources: &mut Resources, fields: &[FieldSpec]) -> Result<(), Fault> {
        if self.list.is_empty() {
            return Ok(());
        }
        let mut values = BTreeMap::new();
        for variable in &self.list {
            let path = &variable.fieldref.field_path;
            let found = resources.list.iter().find(|resource| resource.variables.contains(&variable.name)).ok_or_else(
                || Fault::new(format!("{}: there is no {}; correct objref", variable.name, id(variable))),
            )?;
            let value = field(&found.value, path).ok_or_else(|| {
                Fault::new(format!("{}: {} has no field {path}; correct fieldref", variable.name, found.id()))
            })?;
            if value.is_array() || value.is_object() {
                let message =
                    format!("{}: {path} of {} is no text or number; name another field", variable.name, found.id());
                return Err(Fault::new(message));
            }
            values.insert(variable.name.clone(), value.clone());
        }
        for resource in &mut resources.list {
            for spec in fields {
                spec.visit(&mut resource.value, &mut |value| {
                    replace(value, &values);
                    Ok(())
                })?;
            }
        }
        Ok(())
    }
}

fn id(variable: &Variable) -> Id {
    let object = &variable.objref;
    let gvk = if object.api_version.is_empty() {
        Gvk::new(&object.group, &object.version, &object.kind)
    } else {
        Gvk::of(&object.api_version, &object.kind)
    };
    Id { gvk, name: object.name.clone(), namespace: object.namespace.clone() }
}

/// The value at `a.b[0].c`.
fn field<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    let mut keys = Vec::new();
    let mut key = String::new();
    let mut chars = path.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' => key.extend(chars.next()),
            '.' | '[' | ']' => {
                if !key.is_empty() {
                    keys.push(std::mem::take(&mut key));
                }
            }
            char => key.push(char),
        }
    }
    if !key.is_empty() {
        keys.push(key);
    }
    keys.iter().try_fold(value, |value, key| match value {
        Value::Array(items) => items.get(key.parse::<usize>().ok()?),
        value => value.get(key.as_str()),
    })
}

fn replace(value: &mut Value, values: &BTreeMap<String, Value>) {
    match value {
        Value::String(text) => {
            let whole = text.strip_prefix("$(").and_then(|rest| rest.strip_suffix(')'));
            // Alone, a variable keeps its type: a port stays a number.
            if let Some(alone) = whole.and_then(|name| values.get(name)) {
                *value = alone.clone();
                return;
            }
            *value = Value::String(expand(text, values));
        }
        Value::Array(items) => items.iter_mut().filter(|item| item.is_string()).for_each(|item| replace(item, values)),
        Value::Object(fields) => {
            fields.values_mut().filter(|field| field.is_string()).for_each(|field| replace(field, values));
        }
        _ => {}
    }
}

/// Replaces `$(NAME)`, as Kubernetes does in commands: `$$` is a dollar sign, unknown names stay.
fn expand(text: &str, values: &BTreeMap<String, Value>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let (before, found) = rest.split_at(at);
        out.push_str(before);
        let after = &found[1..];
        rest = if let Some(after) = after.strip_prefix('$') {
            out.push('$');
            after
        } else if let Some((name, after)) = after.strip_prefix('(').and_then(|inside| inside.split_once(')')) {
            match values.get(name) {
                Some(Value::String(value)) => out.push_str(value),
                Some(value) => out.push_str(&value.to_string()),
                None => out.push_str(&format!("$({name})")),
            }
            after
        } else {
            out.push('$');
            after
        };
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn variables_are_expanded() {
        let values = BTreeMap::from([("A".to_owned(), json!("x")), ("N".to_owned(), json!(80))]);
        for (text, wanted) in [
            ("a $(A) b $(N)", "a x b 80"),
            ("$$(A)", "$(A)"),
            ("$(UNKNOWN) $(", "$(UNKNOWN) $("),
            ("$A $", "$A $"),
            ("$$", "$"),
            ("$(A)$(A)", "xx"),
        ] {
            assert_eq!(expand(text, &values), wanted, "{text}");
        }
        let mut alone = json!({"port": "$(N)", "text": "a$(N)", "other": 1});
        replace(&mut alone, &values);
        assert_eq!(alone, json!({"port": 80, "text": "a80", "other": 1}));
    }

    #[test]
    fn fields_are_found() {
        let value = json!({"a": {"b.c": [{"d": 1}]}});
        assert_eq!(field(&value, "a.b\\.c[0].d"), Some(&json!(1)));
        assert_eq!(field(&value, "a.b\\.c.0.d"), Some(&json!(1)));
        assert_eq!(field(&value, "a.x"), None);
    }
}
