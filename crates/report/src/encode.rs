//! JSON as clients of the reports are used to: `<`, `>`, `&`, U+2028 and U+2029 escaped, whole floats without a
//! fraction, and two spaces a level where it is indented.

use crate::ReportError;
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;
use std::io::{self, Write};

/// Appends a value as one line of JSON.
pub(crate) fn compact(part: &str, value: &impl Serialize, out: &mut String) -> Result<(), ReportError> {
    append(part, value, Layout { indent: None, filled: false }, out)
}

/// Appends a value as indented JSON whose first line stands `depth` levels deep.
pub(crate) fn indented(part: &str, value: &impl Serialize, depth: usize, out: &mut String) -> Result<(), ReportError> {
    append(part, value, Layout { indent: Some(depth), filled: false }, out)
}

fn append(part: &str, value: &impl Serialize, layout: Layout, out: &mut String) -> Result<(), ReportError> {
    let failed = |source| ReportError::Encode { part: part.to_owned(), source };
    let mut bytes = Vec::with_capacity(512);
    value.serialize(&mut Serializer::with_formatter(&mut bytes, layout)).map_err(failed)?;
    let text = String::from_utf8(bytes).map_err(|error| failed(serde::ser::Error::custom(error)))?;
    out.push_str(&text);
    Ok(())
}

struct Layout {
    /// The level of the line at hand; `None` for JSON on one line.
    indent: Option<usize>,
    /// Whether the container at hand has something in it.
    filled: bool,
}

impl Layout {
    fn line<W: ?Sized + Write>(&self, out: &mut W) -> io::Result<()> {
        let Some(depth) = self.indent else { return Ok(()) };
        out.write_all(b"\n")?;
        (0..depth).try_for_each(|_| out.write_all(b"  "))
    }

    fn open<W: ?Sized + Write>(&mut self, out: &mut W, mark: &[u8]) -> io::Result<()> {
        self.indent = self.indent.map(|depth| depth + 1);
        self.filled = false;
        out.write_all(mark)
    }

    fn close<W: ?Sized + Write>(&mut self, out: &mut W, mark: &[u8]) -> io::Result<()> {
        self.indent = self.indent.map(|depth| depth.saturating_sub(1));
        if self.filled {
            self.line(out)?;
        }
        self.filled = true;
        out.write_all(mark)
    }

    fn item<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if !first {
            out.write_all(b",")?;
        }
        self.line(out)
    }
}

impl Formatter for Layout {
    fn write_f32<W: ?Sized + Write>(&mut self, out: &mut W, value: f32) -> io::Result<()> {
        write!(out, "{value}")
    }

    fn write_f64<W: ?Sized + Write>(&mut self, out: &mut W, value: f64) -> io::Result<()> {
        write!(out, "{value}")
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut plain = 0;
        for (at, found) in fragment.match_indices(['<', '>', '&', '\u{2028}', '\u{2029}']) {
            out.write_all(&fragment.as_bytes()[plain..at])?;
            out.write_all(match found {
                "<" => b"\\u003c",
                ">" => b"\\u003e",
                "&" => b"\\u0026",
                "\u{2028}" => b"\\u2028",
                _ => b"\\u2029",
            })?;
            plain = at + found.len();
        }
        out.write_all(&fragment.as_bytes()[plain..])
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.item(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.item(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(if self.indent.is_some() { b": " } else { b":" })
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn one_line() {
        let mut out = String::new();
        compact("test", &json!({"a": "x<y>&\u{2028}\u{2029}\"\n", "b": [], "c": {}}), &mut out).unwrap();
        assert_eq!(out, r#"{"a":"x\u003cy\u003e\u0026\u2028\u2029\"\n","b":[],"c":{}}"#);
    }

    #[test]
    fn floats_as_short_as_they_go() {
        let mut out = String::new();
        compact("test", &[100.0_f32, 42.857_143, 0.0], &mut out).unwrap();
        assert_eq!(out, "[100,42.857143,0]");
    }

    #[test]
    fn indented_from_a_depth() {
        let mut out = String::new();
        indented("test", &json!({"a": [1, {"b": []}], "c": {}}), 1, &mut out).unwrap();
        assert_eq!(out, "{\n    \"a\": [\n      1,\n      {\n        \"b\": []\n      }\n    ],\n    \"c\": {}\n  }");
    }
}
