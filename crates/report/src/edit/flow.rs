//! Collections in brackets.

use super::scalar;
use super::{Edit, Source, Step};
use ks_object::Node;
use std::ops::Range;

/// A collection in brackets.
pub(super) struct Entries {
    /// Where the closing bracket stands.
    pub(super) close: usize,
    /// The items, without blanks and commas around them.
    items: Vec<Range<usize>>,
}

/// Reads the collection whose opening bracket stands at `start`.
pub(super) fn entries(source: Source<'_>, start: usize) -> Option<Entries> {
    let bytes = source.text.as_bytes();
    let mut items: Vec<Range<usize>> = Vec::new();
    let mut item: Option<Range<usize>> = None;
    let mut depth = 0_usize;
    let mut at = start;
    // Quotes open a text only where one may begin: `it's` is plain.
    let mut fresh = true;
    while let Some(&byte) = bytes.get(at) {
        let mut next = at + 1;
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    items.extend(item);
                    return Some(Entries { close: at, items });
                }
            }
            b'"' | b'\'' if fresh => next = at + scalar::quoted(&source.text[at..])?,
            b'#' if at > 0 && bytes[at - 1].is_ascii_whitespace() => {
                at += source.text[at..].find('\n').unwrap_or(source.text.len() - at);
                continue;
            }
            b',' if depth == 1 => {
                items.extend(item.take());
                fresh = true;
                at = next;
                continue;
            }
            _ => {}
        }
        fresh = matches!(byte, b'{' | b'[' | b',' | b':') || (fresh && byte.is_ascii_whitespace());
        if at > start && !byte.is_ascii_whitespace() {
            item = Some(item.map_or(at, |item| item.start)..next);
        }
        at = next;
    }
    None
}

/// Adds an entry behind the last.
pub(super) fn insert(source: Source<'_>, node: Node<'_>, missing: &[Step<'_>], value: &str) -> Option<Edit> {
    let start = source.offset(node)?;
    let Entries { close, items } = entries(source, start)?;
    let json = source.is_json(node);
    let entry = match missing {
        [Step::Key(key), rest @ ..] => format!("{}: {}", scalar::render_key(key, json), render(rest, value, json)?),
        [Step::Index(_), rest @ ..] => render(rest, value, json)?,
        [] => return None,
    };
    let (Some(first), Some(last)) = (items.first(), items.last()) else {
        return Some(Edit { range: start + 1..close, text: entry });
    };
    let line = source.lines.line(first.start);
    let gap = if line == source.lines.line(start) {
        " ".to_owned()
    } else {
        let indent = source.text[source.lines.start(source.text, line)..first.start].chars().count();
        format!("{}{}", source.line_break(last.end), " ".repeat(indent))
    };
    Some(Edit { range: last.end..last.end, text: format!(",{gap}{entry}") })
}

/// Takes an entry out, with one of the commas beside it.
pub(super) fn delete(source: Source<'_>, parent: Node<'_>, node: Node<'_>) -> Option<Edit> {
    let start = source.offset(parent)?;
    let Entries { close, items } = entries(source, start)?;
    let at = match node.key() {
        Some(key) => items.iter().position(|item| is_key(&source.text[item.clone()], key))?,
        None => node.index()?,
    };
    let range = match (at, items.get(at)?) {
        (0, _) if items.len() == 1 => start + 1..close,
        (0, item) => item.start..items.get(1)?.start,
        (at, item) => items[at - 1].end..item.end,
    };
    Some(Edit { range, text: String::new() })
}

/// Whether an entry is of this key.
pub(super) fn is_key(entry: &str, key: &str) -> bool {
    let mark = entry.chars().next().filter(|mark| matches!(mark, '"' | '\''));
    let inner = if mark.is_some() { &entry[1..] } else { entry };
    let Some(rest) = inner.strip_prefix(key) else { return false };
    let rest = match mark {
        Some(mark) => match rest.strip_prefix(mark) {
            Some(rest) => rest,
            None => return false,
        },
        None => rest,
    };
    rest.trim_start().starts_with(':')
}

/// A value below steps, all in brackets.
pub(super) fn render(missing: &[Step<'_>], value: &str, json: bool) -> Option<String> {
    Some(match missing {
        [] => scalar::render(value, json),
        [Step::Key(key), rest @ ..] => format!("{{{}: {}}}", scalar::render_key(key, json), render(rest, value, json)?),
        [Step::Index(0), rest @ ..] => format!("[{}]", render(rest, value, json)?),
        [Step::Index(_), ..] => return None,
    })
}
