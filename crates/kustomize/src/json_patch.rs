//! JSON patches (RFC 6902).

use crate::error::Fault;
use crate::size;
use serde::Deserialize;
use serde_json::Value;

/// One operation.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(crate) struct Operation {
    op: String,
    path: String,
    from: String,
    value: Value,
}

/// Applies operations one after the other.
pub(crate) fn apply(document: &mut Value, operations: &[Operation]) -> Result<(), Fault> {
    operations.iter().try_for_each(|operation| {
        // A value that is moved or copied below itself again and again grows deep.
        run(document, operation)
            .and_then(|()| match operation.op.as_str() {
                "move" | "copy" => size::check_depth(document),
                _ => Ok(()),
            })
            .map_err(|Fault(message)| Fault::new(format!("{} {message}", operation.op)))
    })
}

fn run(document: &mut Value, operation: &Operation) -> Result<(), Fault> {
    let Operation { op, path, from, value } = operation;
    match op.as_str() {
        "add" => {
            size::check(value, keys(path)?.len())?;
            add(document, path, value.clone())
        }
        "remove" => remove(document, path).map(|_| ()),
        "replace" => {
            if path.is_empty() {
                *document = value.clone();
                return Ok(());
            }
            size::check(value, keys(path)?.len())?;
            let field = get(document, path)?;
            *field = value.clone();
            Ok(())
        }
        "move" => {
            let moved = remove(document, from)?;
            add(document, path, moved)
        }
        "copy" => {
            let found = get(document, from)?;
            size::check(found, keys(path)?.len())?;
            let copied = found.clone();
            add(document, path, copied)
        }
        "test" => {
            let found = get(document, path)?;
            if same(found, value) {
                return Ok(());
            }
            Err(Fault::new(format!("{path}: {found} stands there, not {value}")))
        }
        other => {
            Err(Fault::new(format!("{path}: {other:?} is no operation; use add, remove, replace, move, copy or test")))
        }
    }
}

fn missing(path: &str) -> Fault {
    Fault::new(format!("{path}: the object has no such field; correct the path or add the parent first"))
}

/// The keys of a pointer.
fn keys(path: &str) -> Result<Vec<String>, Fault> {
    if path.is_empty() {
        return Ok(Vec::new());
    }
    let Some(rest) = path.strip_prefix('/') else {
        return Err(Fault::new(format!("{path:?} is no JSON pointer; begin it with a slash")));
    };
    Ok(rest.split('/').map(|key| key.replace("~1", "/").replace("~0", "~")).collect())
}

fn child<'a>(value: &'a mut Value, key: &str) -> Option<&'a mut Value> {
    match value {
        Value::Object(fields) => fields.get_mut(key),
        Value::Array(items) => {
            let at = index(key, items.len())?;
            items.get_mut(at)
        }
        _ => None,
    }
}

/// A position in a list; a negative one counts from its end.
fn index(key: &str, length: usize) -> Option<usize> {
    let number: i64 = key.parse().ok()?;
    let length = i64::try_from(length).ok()?;
    usize::try_from(if number < 0 { length.checked_add(number)? } else { number }).ok()
}

fn get<'a>(document: &'a mut Value, path: &str) -> Result<&'a mut Value, Fault> {
    keys(path)?.iter().try_fold(document, |value, key| child(value, key)).ok_or_else(|| missing(path))
}

fn parent<'a>(document: &'a mut Value, path: &str) -> Result<(&'a mut Value, String), Fault> {
    let mut keys = keys(path)?;
    let Some(last) = keys.pop() else {
        return Err(Fault::new("the path is empty; name a field"));
    };
    let value = keys.iter().try_fold(document, |value, key| child(value, key)).ok_or_else(|| missing(path))?;
    Ok((value, last))
}

fn add(document: &mut Value, path: &str, added: Value) -> Result<(), Fault> {
    if path.is_empty() {
        *document = added;
        return Ok(());
    }
    let (parent, key) = parent(document, path)?;
    match parent {
        Value::Object(fields) => {
            fields.insert(key, added);
            Ok(())
        }
        Value::Array(items) if key == "-" => {
            items.push(added);
            Ok(())
        }
        Value::Array(items) => match index(&key, items.len() + usize::from(key.starts_with('-'))) {
            Some(at) if at <= items.len() => {
                items.insert(at, added);
                Ok(())
            }
            _ => Err(Fault::new(format!("{path}: the list has {} items; correct the index", items.len()))),
        },
        _ => Err(missing(path)),
    }
}

fn remove(document: &mut Value, path: &str) -> Result<Value, Fault> {
    let (parent, key) = parent(document, path)?;
    match parent {
        Value::Object(fields) => fields.remove(&key).ok_or_else(|| missing(path)),
        Value::Array(items) => match index(&key, items.len()) {
            Some(at) if at < items.len() => Ok(items.remove(at)),
            _ => Err(missing(path)),
        },
        _ => Err(missing(path)),
    }
}

/// Equality as JSON has it: 1 is 1.0.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use serde_json::json;

    fn patched(document: Value, operation: Value) -> Result<Value, String> {
        let mut document = document;
        let operation = serde_json::from_value(operation).unwrap();
        apply(&mut document, &[operation]).map(|()| document).map_err(|Fault(message)| message)
    }

    #[test]
    fn operations_change_documents() {
        for (document, operation, wanted) in [
            (json!({}), json!({"op": "add", "path": "/a", "value": 1}), json!({"a": 1})),
            (json!({"a": [1, 2]}), json!({"op": "add", "path": "/a/1", "value": 9}), json!({"a": [1, 9, 2]})),
            (json!({"a": [1]}), json!({"op": "add", "path": "/a/-", "value": 9}), json!({"a": [1, 9]})),
            (json!({"a": [1, 2]}), json!({"op": "remove", "path": "/a/-1"}), json!({"a": [1]})),
            (
                json!({"a/b": {"c~d": 1}}),
                json!({"op": "replace", "path": "/a~1b/c~0d", "value": 2}),
                json!({"a/b": {"c~d": 2}}),
            ),
            (json!({"a": 1}), json!({"op": "move", "from": "/a", "path": "/b"}), json!({"b": 1})),
            (json!({"a": 1}), json!({"op": "copy", "from": "/a", "path": "/b"}), json!({"a": 1, "b": 1})),
            (json!({"a": 1}), json!({"op": "test", "path": "/a", "value": 1.0}), json!({"a": 1})),
            (json!({"a": 1}), json!({"op": "replace", "path": "", "value": 2}), json!(2)),
        ] {
            assert_eq!(patched(document, operation.clone()).unwrap(), wanted, "{operation}");
        }
    }

    #[test]
    fn what_cannot_be_done_names_the_path() {
        for operation in [
            json!({"op": "replace", "path": "/spec/nowhere", "value": 1}),
            json!({"op": "add", "path": "/spec/nowhere/deep", "value": 1}),
            json!({"op": "remove", "path": "/spec/nowhere"}),
            json!({"op": "add", "path": "/list/5", "value": 1}),
            json!({"op": "add", "path": "/list/x", "value": 1}),
            json!({"op": "test", "path": "/list/0", "value": 2}),
            json!({"op": "copy", "from": "/none", "path": "/a"}),
            json!({"op": "change", "path": "/list"}),
            json!({"op": "add", "path": "list", "value": 1}),
        ] {
            let message = patched(json!({"spec": {}, "list": [1]}), operation.clone()).unwrap_err();
            let path = operation["from"].as_str().or(operation["path"].as_str()).unwrap();
            assert!(message.contains(path), "{operation}: {message}");
        }
    }
}
