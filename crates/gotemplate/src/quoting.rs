//! Texts in quotes, as Go reads and writes them.

use std::fmt::Write as _;
use std::str::Chars;

/// Reads a text in double or single quotes with its escapes; `None` when it is malformed.
pub(crate) fn unquote(text: &str) -> Option<String> {
    let inner = text.get(1..text.len().checked_sub(1)?)?;
    let mut out: Vec<u8> = Vec::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(next) = chars.next() {
        if next == '\\' {
            escape(&mut chars, &mut out)?;
        } else {
            push(&mut out, next);
        }
    }
    Some(String::from_utf8(out).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

fn push(out: &mut Vec<u8>, character: char) {
    out.extend(character.encode_utf8(&mut [0; 4]).as_bytes());
}

/// Reads what stands behind a backslash.
fn escape(chars: &mut Chars<'_>, out: &mut Vec<u8>) -> Option<()> {
    let simple = match chars.next()? {
        'a' => 0x07,
        'b' => 0x08,
        'f' => 0x0c,
        'n' => b'\n',
        'r' => b'\r',
        't' => b'\t',
        'v' => 0x0b,
        '\\' => b'\\',
        '\'' => b'\'',
        '"' => b'"',
        'x' => u8::try_from(number(chars, 2, 16)?).ok()?,
        'u' => {
            push(out, char::from_u32(number(chars, 4, 16)?)?);
            return Some(());
        }
        'U' => {
            push(out, char::from_u32(number(chars, 8, 16)?)?);
            return Some(());
        }
        first @ '0'..='7' => {
            let rest = number(chars, 2, 8)?;
            u8::try_from(first.to_digit(8)? * 64 + rest).ok()?
        }
        _ => return None,
    };
    out.push(simple);
    Some(())
}

fn number(chars: &mut Chars<'_>, digits: usize, base: u32) -> Option<u32> {
    (0..digits).try_fold(0, |value: u32, _| chars.next()?.to_digit(base).map(|digit| value * base + digit))
}

/// Writes a text as Go's `%q` does.
#[must_use]
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        quote_char(character, &mut out);
    }
    out.push('"');
    out
}

/// Writes bytes that may be no UTF-8 as Go's `%q` does.
pub(crate) fn quote_bytes(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() + 2);
    out.push('"');
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            quote_char(character, &mut out);
        }
        for byte in chunk.invalid() {
            let _ = write!(out, "\\x{byte:02x}");
        }
    }
    out.push('"');
    out
}

fn quote_char(character: char, out: &mut String) {
    match character {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\u{07}' => out.push_str("\\a"),
        '\u{08}' => out.push_str("\\b"),
        '\u{0c}' => out.push_str("\\f"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '\u{0b}' => out.push_str("\\v"),
        other if is_printable(other) => out.push(other),
        other => {
            // Writing to a text cannot fail.
            let _ = match u32::from(other) {
                code @ 0..=0x7f => write!(out, "\\x{code:02x}"),
                code @ 0x80..=0xffff => write!(out, "\\u{code:04x}"),
                code => write!(out, "\\U{code:08x}"),
            };
        }
    }
}

/// Near enough to Go's `unicode.IsPrint`: everything but controls, odd spaces and invisible marks.
fn is_printable(character: char) -> bool {
    match character {
        ' ' => true,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => false,
        '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}'..='\u{ffff}' => false,
        other => !other.is_control() && !other.is_whitespace(),
    }
}
