//! Scalars: how a value is written, and how far one reaches.

use super::Source;
use crate::yaml;
use ks_object::{Kind, Node, write_json_str};
use std::ops::Range;

/// A value as YAML: booleans, numbers and lists of plain words bare, everything else in double quotes.
pub(super) fn render(value: &str, json: bool) -> String {
    if matches!(value, "true" | "false") || is_number(value) || (!json && is_list(value)) {
        return value.to_owned();
    }
    let mut text = String::new();
    write_json_str(value, &mut text);
    text
}

/// A key as YAML.
pub(super) fn render_key(key: &str, json: bool) -> String {
    let mut text = String::new();
    if json {
        write_json_str(key, &mut text);
    } else {
        yaml::string(key, &mut text);
    }
    text
}

fn is_number(value: &str) -> bool {
    let (whole, fraction) = value.strip_prefix('-').unwrap_or(value).split_once('.').unwrap_or_else(|| {
        let digits = value.strip_prefix('-').unwrap_or(value);
        (digits, "0")
    });
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(fraction) && (whole == "0" || !whole.starts_with('0'))
}

fn is_list(value: &str) -> bool {
    let Some(inside) = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else { return false };
    let plain = |item: &str| {
        !item.is_empty() && item.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_./-".contains(&byte))
    };
    inside.trim().is_empty() || inside.split(',').all(|item| plain(item.trim()))
}

/// The text of a scalar; empty for a null that is not written. `None` when it is not certain where it ends.
pub(super) fn extent(source: Source<'_>, node: Node<'_>, in_flow: bool) -> Option<Range<usize>> {
    let start = source.offset(node)?;
    let rest = &source.text[start..];
    if node.kind() == Kind::Null {
        let word = ["null", "Null", "NULL", "~"].into_iter().find(|word| rest.starts_with(word));
        return Some(start..start + word.map_or(0, str::len));
    }
    if rest.starts_with(['"', '\'']) {
        return Some(start..start + quoted(rest)?);
    }
    if rest.starts_with(['|', '>']) {
        return None;
    }
    let line = rest.split(['\n', '\r']).next()?;
    let mut end = line.find(" #").unwrap_or(line.len());
    if in_flow {
        end = line[..end].find([',', '}', ']']).unwrap_or(end);
    }
    let text = line[..end].trim_end();
    // A plain text may go on in the next line; then what was read is more than this line.
    let whole = match node.kind() {
        Kind::Str => node.text() == text,
        _ => !text.is_empty(),
    };
    whole.then_some(start..start + text.len())
}

/// The length of the quoted text that `rest` begins with.
pub(super) fn quoted(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mark = *bytes.first()?;
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if mark == b'"' => at += 1,
            byte if byte == mark => {
                if mark == b'\'' && bytes.get(at + 1) == Some(&mark) {
                    at += 1;
                } else {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_quoted_unless_they_are_plainly_something_else() {
        for bare in ["true", "false", "0", "1000", "-3", "1.5", "[]", "[ALL, NET_RAW]"] {
            assert_eq!(render(bare, false), bare);
        }
        for text in ["", "True", "01", "1.", ".5", "1e3", "[a: b]", "[a,]", "RuntimeDefault", "yes", "-"] {
            assert_eq!(render(text, false), format!("\"{text}\""));
        }
        assert_eq!(render("a\"b\n", false), "\"a\\\"b\\n\"");
        assert_eq!(render("[ALL]", true), "\"[ALL]\"");
    }

    #[test]
    fn quoted_texts_end_at_their_own_mark() {
        for (text, length) in [("\"a\\\"b\" c", 6), ("'it''s' x", 7), ("''", 2)] {
            assert_eq!(quoted(text), Some(length));
        }
        assert_eq!(quoted("\"open"), None);
    }
}
