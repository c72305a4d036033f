//! JSON in and out.

use crate::{Builder, Kind, Node, Position, Tree};
use serde_json::Value;

/// Writes a value as compact JSON with map keys in byte order and `<`, `>`, `&`, U+2028 and U+2029 escaped, as
/// clients of the reports are used to.
pub fn write_json(node: Node<'_>, out: &mut String) {
    match node.kind() {
        Kind::Null => out.push_str("null"),
        Kind::Bool | Kind::Int | Kind::Float => out.push_str(node.text()),
        Kind::Str => write_json_str(node.text(), out),
        Kind::Seq => {
            out.push('[');
            for (at, item) in node.items().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_json(item, out);
            }
            out.push(']');
        }
        Kind::Map => {
            let mut first = true;
            out.push('{');
            for (key, value) in sorted(node) {
                begin_field(key, &mut first, out);
                write_json(value, out);
            }
            out.push('}');
        }
    }
}

/// Writes a text as a JSON string with the escapes of [`write_json`].
pub fn write_json_str(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push('"');
    if is_plain(text.as_bytes()) {
        out.push_str(text);
        out.push('"');
        return;
    }
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        let long = match byte {
            b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 0x08 | 0x0c => false,
            0..=0x1f | b'<' | b'>' | b'&' => true,
            // The first byte of U+2028 and U+2029; the rest is looked at below.
            0xe2 if text[at..].starts_with(['\u{2028}', '\u{2029}']) => {
                out.push_str(&text[plain..at]);
                out.push_str(if text[at..].starts_with('\u{2028}') { "\\u2028" } else { "\\u2029" });
                plain = at + 3;
                continue;
            }
            _ => continue,
        };
        out.push_str(&text[plain..at]);
        plain = at + 1;
        if long {
            out.push_str("\\u00");
            out.push(HEX[usize::from(byte >> 4)] as char);
            out.push(HEX[usize::from(byte & 15)] as char);
        } else {
            out.push('\\');
            out.push(match byte {
                b'\n' => 'n',
                b'\r' => 'r',
                b'\t' => 't',
                0x08 => 'b',
                0x0c => 'f',
                other => other as char,
            });
        }
    }
    out.push_str(&text[plain..]);
    out.push('"');
}

/// Whether nothing in a text wants an escape; looks at all bytes at once, as most texts are plain.
fn is_plain(text: &[u8]) -> bool {
    let special = |byte: u8| byte < 0x20 || matches!(byte, b'"' | b'\\' | b'<' | b'>' | b'&' | 0xe2);
    !text.iter().fold(false, |found, byte| found | special(*byte))
}

/// A map's fields in byte order of their keys.
pub(crate) fn sorted(node: Node<'_>) -> Vec<(&str, Node<'_>)> {
    let mut entries: Vec<_> = node.entries().collect();
    entries.sort_unstable_by(|a, b| a.0.cmp(b.0));
    entries
}

pub(crate) fn begin_field(key: &str, first: &mut bool, out: &mut String) {
    if !*first {
        out.push(',');
    }
    *first = false;
    write_json_str(key, out);
    out.push(':');
}

/// A tree of a JSON value, without positions.
#[must_use]
pub fn from_json(value: &Value) -> Tree {
    let mut builder = Builder::with_capacity(256);
    add(value, &mut builder);
    builder.finish()
}

/// A value of the tree as a JSON value.
#[must_use]
pub fn to_json(node: Node<'_>) -> Value {
    match node.kind() {
        Kind::Null => Value::Null,
        Kind::Bool => Value::Bool(node.text() == "true"),
        // The text of a number is its JSON form; an integer beyond 64 bits becomes a float.
        Kind::Int | Kind::Float => node.text().parse().map_or(Value::Null, Value::Number),
        Kind::Str => Value::String(node.text().to_owned()),
        Kind::Seq => node.items().map(to_json).collect(),
        Kind::Map => node.entries().map(|(key, value)| (key.to_owned(), to_json(value))).collect(),
    }
}

fn add(value: &Value, into: &mut Builder) {
    let at = Position::default();
    match value {
        Value::Null => into.scalar(Kind::Null, "", at),
        Value::Bool(value) => into.scalar(Kind::Bool, if *value { "true" } else { "false" }, at),
        Value::Number(number) => {
            let kind = if number.is_f64() { Kind::Float } else { Kind::Int };
            into.scalar(kind, &number.to_string(), at);
        }
        Value::String(text) => into.scalar(Kind::Str, text, at),
        Value::Array(items) => {
            into.begin_seq(at);
            for item in items {
                add(item, into);
            }
            into.end();
        }
        Value::Object(fields) => {
            into.begin_map(at);
            for (key, value) in fields {
                into.key(key);
                add(value, into);
            }
            into.end();
        }
    }
}
