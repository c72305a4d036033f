//! Fields, elements and comparisons.

use crate::error::Failure;
use crate::map::{Map, MapKind};
use crate::value::{IntKind, Value};
use std::cmp::Ordering;

/// Whether a function evaluates its arguments only as far as it needs.
pub(crate) fn is_short_circuit(name: &str) -> bool {
    name == "and" || name == "or"
}

/// A field or method of a value.
pub(crate) fn field(value: &Value, name: &str, args: &[Value]) -> Result<Value, Failure> {
    match value {
        Value::NoValue => Ok(Value::NoValue),
        Value::Nil => Err(Failure::new(format!("nil pointer evaluating interface {{}}.{name}"))),
        Value::Map(map) => {
            if let MapKind::Named(_) = map.kind()
                && let Some(result) = named_method(map, name, args)
            {
                return result;
            }
            if !args.is_empty() {
                return Err(Failure::new(format!("{name} is not a method but has arguments")));
            }
            Ok(map.get(name).unwrap_or_else(|| zero(map.kind())))
        }
        Value::Object(object) => {
            if let Some(result) = object.method(name, args) {
                return result;
            }
            match object.field(name) {
                Some(_) if !args.is_empty() => {
                    Err(Failure::new(format!("{name} has arguments but cannot be invoked as function")))
                }
                Some(value) => Ok(value),
                None => Err(Failure::new(format!("can't evaluate field {name} in type {}", object.type_name()))),
            }
        }
        Value::Int(seconds, IntKind::Duration) => crate::duration::method(*seconds, name)
            .ok_or_else(|| Failure::new(format!("can't evaluate field {name} in type time.Duration"))),
        other => Err(Failure::new(format!("can't evaluate field {name} in type {}", other.type_name()))),
    }
}

/// What a map gives for a key that it has not.
fn zero(kind: MapKind) -> Value {
    if kind == MapKind::Strings { Value::str("") } else { Value::Nil }
}

/// Methods of Helm's type of values.
fn named_method(map: &Map, name: &str, args: &[Value]) -> Option<Result<Value, Failure>> {
    match (name, args) {
        ("AsMap", []) => Some(Ok(Value::Map(map.clone()))),
        ("YAML", []) => Some(crate::yaml::write(&Value::Map(map.clone()), usize::MAX).map(Value::from)),
        ("Table", [Value::Str(path)]) => {
            let found = path.split('.').try_fold(Value::Map(map.clone()), |value, key| value.as_map()?.get(key));
            Some(match found {
                Some(Value::Map(map)) => Ok(Value::Map(map)),
                _ => Err(Failure::new(format!("{path:?} is not a table"))),
            })
        }
        ("PathValue", [Value::Str(path)]) => {
            let found = path.split('.').try_fold(Value::Map(map.clone()), |value, key| value.as_map()?.get(key));
            Some(found.ok_or_else(|| Failure::new(format!("{path:?} is not a value"))))
        }
        _ => None,
    }
}

/// `index`
pub(crate) fn index(args: &[Value]) -> Result<Value, Failure> {
    let Some((first, keys)) = args.split_first() else { return Err(Failure::new("index of untyped nil")) };
    let mut value = first.clone();
    if value.is_nil() {
        return Err(Failure::new("index of untyped nil"));
    }
    for key in keys {
        value = match &value {
            Value::NoValue | Value::Nil => return Err(Failure::new("index of nil pointer")),
            Value::Map(map) => match key {
                Value::Str(key) => map.get(key).unwrap_or_else(|| zero(map.kind())),
                Value::Nil | Value::NoValue => {
                    return Err(Failure::new("value is nil; should be of type string"));
                }
                other => {
                    return Err(Failure::new(format!("value has type {}; should be string", other.type_name())));
                }
            },
            Value::List(list) => list.items[position(key, list.items.len())?].clone(),
            Value::Str(_) | Value::Raw(_) | Value::Bytes(_) => {
                let bytes = value.bytes().unwrap_or_default();
                Value::Int(i64::from(bytes[position(key, bytes.len())?]), IntKind::Uint8)
            }
            Value::Object(object) => match (object.entries(), key) {
                (Some(entries), Value::Str(key)) if object.kind_name() == "map" => {
                    let found = entries.into_iter().find(|(name, _)| name == key);
                    found.map_or(Value::Nil, |(_, value)| value)
                }
                (Some(entries), key) if object.kind_name() == "slice" => {
                    let at = position(key, entries.len())?;
                    entries[at].1.clone()
                }
                _ => return Err(Failure::new(format!("can't index item of type {}", object.type_name()))),
            },
            other => return Err(Failure::new(format!("can't index item of type {}", other.type_name()))),
        };
    }
    Ok(value)
}

fn position(key: &Value, length: usize) -> Result<usize, Failure> {
    match key {
        Value::Int(at, _) => {
            let position = usize::try_from(*at).ok().filter(|position| *position < length);
            position.ok_or_else(|| Failure::new(format!("index out of range: {at}")))
        }
        Value::Nil | Value::NoValue => Err(Failure::new("cannot index slice/array with nil")),
        other => Err(Failure::new(format!("cannot index slice/array with type {}", other.type_name()))),
    }
}

/// `len`
pub(crate) fn length(value: &Value) -> Result<usize, Failure> {
    match value {
        Value::NoValue | Value::Nil => Err(Failure::new("len of nil pointer")),
        Value::List(list) => Ok(list.items.len()),
        Value::Map(map) => Ok(map.len()),
        Value::Object(object) => match object.entries() {
            Some(entries) => Ok(entries.len()),
            None => Err(Failure::new(format!("len of type {}", object.type_name()))),
        },
        other => match other.bytes() {
            Some(bytes) => Ok(bytes.len()),
            None => Err(Failure::new(format!("len of type {}", other.type_name()))),
        },
    }
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Basic {
    Bool,
    Int,
    Float,
    Complex,
    Text,
    Other,
}

fn basic(value: &Value) -> Basic {
    match value {
        Value::Bool(_) => Basic::Bool,
        Value::Int(..) => Basic::Int,
        Value::Float(_) => Basic::Float,
        Value::Complex(_) => Basic::Complex,
        Value::Str(_) | Value::Raw(_) => Basic::Text,
        _ => Basic::Other,
    }
}

const INCOMPATIBLE: &str = "incompatible types for comparison";

/// `eq`: whether the first equals any other.
pub(crate) fn equals_any(args: &[Value]) -> Result<bool, Failure> {
    let Some((first, others)) = args.split_first().filter(|(_, others)| !others.is_empty()) else {
        return Err(Failure::new("missing argument for comparison"));
    };
    for other in others {
        if equals(first, other)? {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(crate) fn equals(a: &Value, b: &Value) -> Result<bool, Failure> {
    if basic(a) != basic(b) {
        return if a.is_nil() || b.is_nil() { Ok(false) } else { Err(Failure::new(INCOMPATIBLE)) };
    }
    Ok(match (a, b) {
        (Value::Int(a, _), Value::Int(b, _)) => a == b,
        (Value::Float(a), Value::Float(b)) | (Value::Complex(a), Value::Complex(b)) => a == b,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        _ if basic(a) == Basic::Text => a.bytes() == b.bytes(),
        _ if a.is_nil() || b.is_nil() => a.is_nil() == b.is_nil(),
        (Value::Object(a), Value::Object(b)) if a.kind_name() == "struct" || a.kind_name() == "ptr" => {
            std::rc::Rc::ptr_eq(a, b)
        }
        _ => return Err(Failure::new(format!("non-comparable type {}", a.type_name()))),
    })
}

/// `lt`, `le`, `gt`, `ge`
pub(crate) fn order(a: &Value, b: &Value) -> Result<Option<Ordering>, Failure> {
    let (left, right) = (basic(a), basic(b));
    let ordered = |kind| matches!(kind, Basic::Int | Basic::Float | Basic::Text);
    if left != right {
        if left == Basic::Other || right == Basic::Other {
            return Err(Failure::new("invalid type for comparison"));
        }
        return Err(Failure::new(INCOMPATIBLE));
    }
    if !ordered(left) {
        return Err(Failure::new("invalid type for comparison"));
    }
    Ok(match (a, b) {
        (Value::Int(a, _), Value::Int(b, _)) => Some(a.cmp(b)),
        (Value::Float(a), Value::Float(b)) => a.partial_cmp(b),
        _ => Some(a.bytes().cmp(&b.bytes())),
    })
}
