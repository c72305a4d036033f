//! The version 2 report as YAML, with keys sorted at every level.
//!
//! Made item by item of the JSON report's own parts, so that the two cannot say different things.

use crate::json::{self, Results};
use crate::sink::Sink;
use crate::{Report, ReportError, encode};
use serde::Serialize;
use serde_json::{Map, Value};
use std::io::Write;

/// Writes the report as YAML.
///
/// # Errors
/// When `out` refuses the text or an object cannot be read back.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> Result<(), ReportError> {
    let mut small = String::from("{");
    json::head(report, &mut small);
    small.push_str(",\"attributes\":null");
    json::tail(report, &mut small)?;
    small.push('}');
    let Value::Object(mut fields) = parse("the summary", &small)? else { return Ok(()) };
    drop(small);
    let some = !report.outcome.resources.is_empty();
    if some && !report.scan.omit_raw {
        fields.insert("resources".to_owned(), Value::Null);
    }
    if some {
        fields.insert("results".to_owned(), Value::Null);
    }
    let mut sink = Sink::new(out);
    for (key, value) in sorted(&fields) {
        match key.as_str() {
            "resources" => {
                sink.text.push_str("resources:\n");
                let mut text = String::new();
                for resource in &report.outcome.resources {
                    text.clear();
                    json::resource(report, resource, &mut text)?;
                    item(&parse(&resource.id, &text)?, 0, &mut sink.text)?;
                    sink.relieve()?;
                }
            }
            "results" => {
                sink.text.push_str("results:\n");
                let mut results = Results::new(report);
                let mut text = String::new();
                for resource in &report.outcome.resources {
                    text.clear();
                    results.add(resource, &mut text)?;
                    item(&parse(&resource.id, &text)?, 0, &mut sink.text)?;
                    sink.relieve()?;
                }
            }
            _ => {
                entry(key, value, 0, &mut sink.text)?;
                sink.text.push('\n');
            }
        }
    }
    sink.finish()
}

fn parse(part: &str, json: &str) -> Result<Value, ReportError> {
    serde_json::from_str(json).map_err(|source| ReportError::Encode { part: part.to_owned(), source })
}

/// A value as one YAML document, with keys sorted at every level.
///
/// # Errors
/// When a number has no JSON form.
pub fn text(value: &Value) -> Result<String, ReportError> {
    let mut out = String::new();
    document("an object", value, &mut out)?;
    Ok(out)
}

/// Appends a small value as one YAML document.
pub(crate) fn document(part: &str, value: &impl Serialize, out: &mut String) -> Result<(), ReportError> {
    let value = serde_json::to_value(value).map_err(|source| ReportError::Encode { part: part.to_owned(), source })?;
    node(&value, 0, out)?;
    out.push('\n');
    Ok(())
}

/// Appends an item of a top-level sequence and ends its line.
pub(crate) fn item(value: &Value, indent: usize, out: &mut String) -> Result<(), ReportError> {
    pad(indent, out);
    out.push_str("- ");
    node(value, indent + 2, out)?;
    out.push('\n');
    Ok(())
}

/// Appends a value whose first line is begun already; the other lines stand at `indent`.
fn node(value: &Value, indent: usize, out: &mut String) -> Result<(), ReportError> {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (at, (key, value)) in sorted(fields).into_iter().enumerate() {
                if at > 0 {
                    out.push('\n');
                    pad(indent, out);
                }
                entry(key, value, indent, out)?;
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (at, value) in items.iter().enumerate() {
                if at > 0 {
                    out.push('\n');
                    pad(indent, out);
                }
                out.push_str("- ");
                node(value, indent + 2, out)?;
            }
        }
        Value::Object(_) => out.push_str("{}"),
        Value::Array(_) => out.push_str("[]"),
        Value::String(text) => string(text, out),
        // Floats as in JSON, where a whole number has no fraction.
        other => encode::compact("a number", other, out)?,
    }
    Ok(())
}

fn entry(key: &str, value: &Value, indent: usize, out: &mut String) -> Result<(), ReportError> {
    // Parsers give up on a key that is longer than 1,024 characters unless it is announced.
    if key.len() > 500 {
        out.push_str("? ");
        string(key, out);
        out.push('\n');
        pad(indent, out);
    } else {
        string(key, out);
    }
    out.push(':');
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            out.push('\n');
            pad(indent + 2, out);
            node(value, indent + 2, out)
        }
        // The dashes stand below the key, as kubectl prints them.
        Value::Array(items) if !items.is_empty() => {
            out.push('\n');
            pad(indent, out);
            node(value, indent, out)
        }
        _ => {
            out.push(' ');
            node(value, indent, out)
        }
    }
}

fn sorted(fields: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut fields: Vec<_> = fields.iter().collect();
    fields.sort_unstable_by_key(|(key, _)| *key);
    fields
}

fn pad(indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
}

/// Appends a text: bare if every YAML reader takes it for this text, else quoted.
pub(crate) fn string(text: &str, out: &mut String) {
    if is_plain(text) {
        out.push_str(text);
        return;
    }
    let printable = |c: char| {
        !c.is_control()
            && !matches!(c, '\u{85}' | '\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    if text.chars().all(printable) {
        out.push('\'');
        out.push_str(&text.replace('\'', "''"));
        out.push('\'');
        return;
    }
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if printable(c) => out.push(c),
            // Whatever is not printable lies in the basic plane.
            c => out.push_str(&format!("\\u{:04x}", u32::from(c))),
        }
    }
    out.push('"');
}

/// Whether a text may stand bare. Cautious: a text that some YAML 1.1 or 1.2 reader could take for something else
/// (a number, a date, a word for true) is quoted, needed or not.
fn is_plain(text: &str) -> bool {
    let mut bytes = text.bytes();
    let Some(first) = bytes.next() else { return false };
    let begins = first.is_ascii_alphabetic() || matches!(first, b'/' | b'_' | b'$' | b'(');
    let inside = |b: u8| b.is_ascii_alphanumeric() || b"/_$().,:;+-=<>@^~ ".contains(&b);
    let colons = !text.ends_with(':') && !text.contains(": ");
    begins && bytes.all(inside) && colons && !text.ends_with(' ') && !resolves(text)
}

/// Whether a text of letters resolves to a boolean, null or number.
fn resolves(text: &str) -> bool {
    const WORDS: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::json;

    fn text(value: &Value) -> String {
        let mut out = String::new();
        document("test", value, &mut out).unwrap();
        out
    }

    #[test]
    fn layout() {
        let value = json!({"b": [{"z": 1, "x": [[1, 2], []]}, "t"], "a": {"k": {}, "j": null}, "c": 1.5});
        assert_eq!(text(&value), "a:\n  j: null\n  k: {}\nb:\n- x:\n  - - 1\n    - 2\n  - []\n  z: 1\n- t\nc: 1.5\n");
    }

    #[test]
    fn texts_that_look_like_something_else_are_quoted() {
        for (given, expected) in [
            ("web", "web"),
            ("apps/v1", "apps/v1"),
            ("a b", "a b"),
            ("https://x.y/z", "https://x.y/z"),
            ("a:", "'a:'"),
            ("", "''"),
            ("no", "'no'"),
            ("Y", "'Y'"),
            ("~", "'~'"),
            ("012", "'012'"),
            ("1:20", "'1:20'"),
            (".5", "'.5'"),
            (".inf", "'.inf'"),
            ("2024-01-01", "'2024-01-01'"),
            ("it's", "'it''s'"),
            ("a: b", "'a: b'"),
            ("a #b", "'a #b'"),
            ("- x", "'- x'"),
            (" x", "' x'"),
            ("x ", "'x '"),
            ("=", "'='"),
            ("a\nb\u{7}", "\"a\\nb\\u0007\""),
            ("\u{feff}", "\"\\ufeff\""),
        ] {
            let mut out = String::new();
            string(given, &mut out);
            assert_eq!(out, expected, "{given:?}");
        }
    }
}
