//! TOML as the functions `toToml` and `fromToml` have it: keys sorted, tables indented.

use crate::error::Failure;
use crate::limits::{Limit, MAX_NESTING};
use crate::map::Map;
use crate::number;
use crate::value::Value;
use std::fmt::Write as _;
use std::rc::Rc;

/// Writes a map as TOML.
pub(crate) fn write(value: &Value, limit: usize) -> Result<String, Failure> {
    let Value::Map(map) = value else { return Err(Failure::new("toml: top-level values must be Go maps or structs")) };
    let mut writer = Writer { out: String::new(), limit };
    writer.table(&[], map)?;
    Ok(writer.out)
}

struct Writer {
    out: String,
    limit: usize,
}

impl Writer {
    fn table(&mut self, path: &[Rc<str>], map: &Map) -> Result<(), Failure> {
        if path.len() > MAX_NESTING {
            return Err(Limit::Nesting(MAX_NESTING).into());
        }
        if self.out.len() > self.limit {
            return Err(Limit::Text(self.limit).into());
        }
        let entries: Vec<_> = map.entries().into_iter().filter(|(_, value)| !value.is_nil()).collect();
        for (key, value) in entries.iter().filter(|(_, value)| !is_table(value)) {
            self.indent(path.len());
            self.out.push_str(&bare(key));
            self.out.push_str(" = ");
            self.inline(value, 0)?;
            self.out.push('\n');
        }
        for (key, value) in entries.iter().filter(|(_, value)| is_table(value)) {
            let mut inner = path.to_vec();
            inner.push(key.clone());
            let name = inner.iter().map(|key| bare(key)).collect::<Vec<_>>().join(".");
            match value {
                Value::Map(map) => {
                    if path.is_empty() && !self.out.is_empty() {
                        self.out.push('\n');
                    }
                    self.indent(path.len());
                    self.out.push_str(&format!("[{name}]\n"));
                    self.table(&inner, map)?;
                }
                other => {
                    for map in other.items().unwrap_or_default().iter().filter_map(Value::as_map) {
                        if !self.out.is_empty() {
                            self.out.push('\n');
                        }
                        self.indent(path.len());
                        self.out.push_str(&format!("[[{name}]]\n"));
                        self.table(&inner, map)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn indent(&mut self, depth: usize) {
        self.out.extend(std::iter::repeat_n("  ", depth));
    }

    fn inline(&mut self, value: &Value, depth: usize) -> Result<(), Failure> {
        if depth > MAX_NESTING {
            return Err(Limit::Nesting(MAX_NESTING).into());
        }
        match value {
            Value::Bool(value) => self.out.push_str(if *value { "true" } else { "false" }),
            Value::Int(value, _) => self.out.push_str(&value.to_string()),
            Value::Float(value) => {
                let text = number::general(*value);
                let whole = !text.contains(['.', 'e', 'N', 'I']);
                self.out.push_str(&text.replace("NaN", "nan").replace("Inf", "inf"));
                self.out.push_str(if whole { ".0" } else { "" });
            }
            Value::List(list) => {
                self.out.push('[');
                for (at, item) in list.items.iter().enumerate() {
                    self.out.push_str(if at > 0 { ", " } else { "" });
                    self.inline(item, depth + 1)?;
                }
                self.out.push(']');
            }
            Value::Map(map) => {
                self.out.push('{');
                for (at, (key, value)) in map.entries().iter().filter(|(_, value)| !value.is_nil()).enumerate() {
                    self.out.push_str(if at > 0 { ", " } else { "" });
                    self.out.push_str(&bare(key));
                    self.out.push_str(" = ");
                    self.inline(value, depth + 1)?;
                }
                self.out.push('}');
            }
            Value::NoValue | Value::Nil => return Err(Failure::new("toml: cannot encode array with nil element")),
            other => match other.text() {
                Some(text) => quoted(&text, &mut self.out),
                None => return Err(Failure::new(format!("toml: unsupported type: {}", other.type_name()))),
            },
        }
        Ok(())
    }
}

/// A map, or a list that has maps only.
fn is_table(value: &Value) -> bool {
    match value {
        Value::Map(_) => true,
        Value::List(list) => !list.items.is_empty() && list.items.iter().all(|item| matches!(item, Value::Map(_))),
        _ => false,
    }
}

fn bare(key: &str) -> String {
    let is_bare = |character: char| character.is_ascii_alphanumeric() || character == '_' || character == '-';
    if !key.is_empty() && key.chars().all(is_bare) {
        return key.to_owned();
    }
    let mut out = String::new();
    quoted(key, &mut out);
    out
}

fn quoted(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            control if control.is_control() => {
                // Writing to a text cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

/// Reads TOML.
pub(crate) fn parse(text: &str) -> Result<Value, Failure> {
    let table: ::toml::Table = text.parse().map_err(|error| Failure::new(format!("toml: {error}")))?;
    Ok(table_value(table))
}

fn table_value(table: ::toml::Table) -> Value {
    Value::dict(table.into_iter().map(|(key, value)| (key, value_of(value))))
}

fn value_of(value: ::toml::Value) -> Value {
    match value {
        ::toml::Value::String(text) => Value::from(text),
        ::toml::Value::Integer(value) => Value::int64(value),
        ::toml::Value::Float(value) => Value::Float(value),
        ::toml::Value::Boolean(value) => Value::Bool(value),
        ::toml::Value::Datetime(time) => Value::from(time.to_string()),
        ::toml::Value::Array(items) => Value::list(items.into_iter().map(value_of).collect()),
        ::toml::Value::Table(table) => table_value(table),
    }
}
