//! How values of users, parents and charts come together.

use crate::chart::Chart;
use crate::error::Error;
use ks_gotemplate::{Map, MapKind, Value};

const GLOBAL: &str = "global";

/// The type that Helm gives to values.
pub(crate) const VALUES: MapKind = MapKind::Named("chartutil.Values");

/// What to do with a key that a user set to null.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nulls {
    /// It goes.
    Remove,
    /// It stays: another round is to come.
    Keep,
}

/// Puts values of a later source over those of an earlier one. Null stays.
pub(crate) fn overlay(under: &Map, over: &Map) {
    for (key, value) in over.entries() {
        match (under.get(&key), &value) {
            (Some(Value::Map(old)), Value::Map(new)) => {
                let merged = deep(&old);
                overlay(&merged, new);
                under.insert(key, Value::Map(merged));
            }
            _ => under.insert(key, value),
        }
    }
}

/// A copy that shares nothing.
pub(crate) fn deep(map: &Map) -> Map {
    let copy = Map::of(map.kind());
    for (key, value) in map.entries() {
        copy.insert(key, deep_value(&value));
    }
    copy
}

fn deep_value(value: &Value) -> Value {
    match value {
        Value::Map(map) => Value::Map(deep(map)),
        Value::List(list) => Value::list_of(list.kind, list.items.iter().map(deep_value).collect()),
        other => other.clone(),
    }
}

/// The values of a chart and all below it: what was given, and defaults where nothing was.
pub(crate) fn coalesce(chart: &Chart, given: &Map, nulls: Nulls) -> Result<Map, Error> {
    let values = deep(given);
    coalesce_into(chart, &values, nulls)?;
    Ok(values)
}

fn coalesce_into(chart: &Chart, values: &Map, nulls: Nulls) -> Result<(), Error> {
    defaults(chart, values, nulls);
    for dependency in &chart.dependencies {
        let name = dependency.name();
        let below = match values.get(name) {
            None | Some(Value::Nil) => {
                let empty = Map::new();
                values.set(name, Value::Map(empty.clone()));
                empty
            }
            Some(Value::Map(map)) => map,
            Some(other) => {
                let problem = format!("values of the chart {name} must be a mapping, not a {}", other.kind_name());
                return Err(Error::chart(format!("{}: {name}", chart.name()), problem));
            }
        };
        globals(&below, values);
        coalesce_into(dependency, &below, nulls)?;
    }
    Ok(())
}

/// Fills in what a chart has as defaults.
fn defaults(chart: &Chart, values: &Map, nulls: Nulls) {
    for (key, default) in deep(&chart.values).entries() {
        match values.get(&key) {
            None => values.insert(key, default),
            Some(Value::Nil) if nulls == Nulls::Remove => {
                values.remove(&key);
            }
            Some(Value::Map(given)) => {
                if let Value::Map(default) = &default {
                    // A chart below has its own turn: null must reach it.
                    let is_chart = chart.dependencies.iter().any(|dependency| *dependency.name() == *key);
                    tables(&given, default, if is_chart { Nulls::Keep } else { nulls });
                }
            }
            Some(_) => {}
        }
    }
}

/// Fills a table with what another has more.
pub(crate) fn tables(given: &Map, more: &Map, nulls: Nulls) {
    for (key, value) in more.entries() {
        match (given.get(&key), &value) {
            (None, _) => given.insert(key, value),
            (Some(Value::Nil), _) if nulls == Nulls::Remove => {
                given.remove(&key);
            }
            (Some(Value::Map(given)), Value::Map(more)) => tables(&given, more, nulls),
            _ => {}
        }
    }
}

/// Hands globals down: those of the parent win.
fn globals(below: &Map, above: &Map) {
    let table = |map: &Map| match map.get(GLOBAL) {
        None | Some(Value::Nil) => Some(Map::new()),
        Some(Value::Map(map)) => Some(map),
        Some(_) => None,
    };
    let (Some(to), Some(from)) = (table(below), table(above)) else { return };
    for (key, value) in from.entries() {
        match (&value, to.get(&key)) {
            (Value::Map(theirs), Some(Value::Map(ours))) => {
                let merged = theirs.shallow_copy(MapKind::Any);
                tables(&merged, &ours, Nulls::Remove);
                to.insert(key, Value::Map(merged));
            }
            (Value::Map(theirs), None) => to.insert(key, Value::Map(theirs.shallow_copy(MapKind::Any))),
            // A table and a scalar do not go together: what is below stays.
            (Value::Map(_), Some(_)) | (_, Some(Value::Map(_))) => {}
            _ => to.insert(key, value),
        }
    }
    below.set(GLOBAL, Value::Map(to));
}

/// The value at a dotted path.
pub(crate) fn at_path(map: &Map, path: &str) -> Option<Value> {
    path.split('.').try_fold(Value::Map(map.clone()), |value, key| value.as_map()?.get(key))
}
