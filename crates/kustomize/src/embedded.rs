//! JSON and YAML that stands as text in a field, such as a file in a ConfigMap.

use crate::error::Fault;
use ks_object::{Kind, Node, to_json};
use ks_yaml::{Limits, Schema};
use serde_json::Value;

/// Finds a value in a document.
pub(crate) type Find<'f> = dyn for<'n> Fn(Node<'n>) -> Option<Node<'n>> + 'f;

/// Reads a text as a JSON mapping or list.
pub(crate) fn json(text: &str) -> Option<Value> {
    let is_json = text.trim_start().starts_with(['{', '[']);
    is_json.then(|| serde_json::from_str(text).ok()).flatten()
}

/// Writes JSON in place of a text: over several lines, if the text had some.
pub(crate) fn json_text(value: &Value, old: &str) -> String {
    if old.trim().contains('\n') {
        serde_json::to_string_pretty(value).unwrap_or_default()
    } else {
        serde_json::to_string(value).unwrap_or_default()
    }
}

/// Changes one scalar in a YAML text and leaves the rest of the lines as they are. `None` when the text is no YAML
/// mapping or has no such scalar.
pub(crate) fn edit_yaml(
    text: &str,
    find: &Find<'_>,
    change: &mut dyn FnMut(&mut Value) -> Result<(), Fault>,
) -> Result<Option<String>, Fault> {
    let Some(place) = scalar(text, find) else { return Ok(None) };
    let mut value = place.value.clone();
    change(&mut value)?;
    let (Some(before), Some(after)) = (text.get(..place.start), text.get(place.end..)) else { return Ok(None) };
    let old = text.get(place.start..place.end).unwrap_or_default();
    // What is written must read back as the value: a text that looks like a number wants quotes.
    for new in [written(&value, old), value.as_str().map(|text| Value::from(text).to_string())].into_iter().flatten() {
        let edited = format!("{before}{new}{after}");
        if scalar(&edited, find).is_some_and(|place| place.value == value) {
            // quirk: line breaks around the text go.
            return Ok(Some(edited.trim_matches('\n').to_owned()));
        }
    }
    Ok(None)
}

struct Place {
    value: Value,
    start: usize,
    end: usize,
}

fn scalar(text: &str, find: &Find<'_>) -> Option<Place> {
    let tree = ks_yaml::documents_as(text, Limits::default(), Schema::Core).next()?.content.ok()??;
    let root = tree.root().filter(|root| matches!(root.kind(), Kind::Map | Kind::Seq))?;
    let node = find(root).filter(|node| !matches!(node.kind(), Kind::Map | Kind::Seq))?;
    let position = node.position();
    let line_start: usize =
        text.split_inclusive('\n').take((position.line as usize).checked_sub(1)?).map(str::len).sum();
    let line = text.get(line_start..)?;
    let skipped: usize = line.chars().take((position.column as usize).checked_sub(1)?).map(char::len_utf8).sum();
    let start = line_start + skipped;
    let rest = text.get(start..)?.split('\n').next()?;
    Some(Place { value: to_json(node), start, end: start + length(rest)? })
}

/// How long the scalar is that a line begins with.
fn length(rest: &str) -> Option<usize> {
    match rest.chars().next()? {
        '\'' => rest.get(1..)?.find('\'').map(|end| end + 2),
        '"' => {
            let mut escaped = false;
            let end = rest.char_indices().skip(1).find(|(_, char)| {
                let closes = *char == '"' && !escaped;
                escaped = *char == '\\' && !escaped;
                closes
            });
            end.map(|(at, _)| at + 1)
        }
        // A block of lines.
        '|' | '>' => None,
        _ => {
            let end = rest.find(" #").unwrap_or(rest.len());
            Some(rest.get(..end)?.trim_end().len())
        }
    }
}

/// A value in the style of the one that it replaces.
fn written(value: &Value, old: &str) -> Option<String> {
    let text = match value {
        Value::String(text) => text,
        Value::Array(_) | Value::Object(_) => return None,
        other => return Some(other.to_string()),
    };
    let is_plain = !text.is_empty()
        && !text.contains([':', '#', '\n', '"', '\'', '{', '}', '[', ']', ',', '&', '*', '!', '|', '>', '%', '@', '`'])
        && text.trim() == text
        && !text.starts_with(['-', '?', '=', '~']);
    let is_quoted = old.starts_with(['"', '\'']);
    match (is_quoted, old.starts_with('\''), is_plain) {
        (true, true, _) if !text.contains(['\'', '\n']) => Some(format!("'{text}'")),
        (false, _, true) => Some(text.clone()),
        _ => Some(Value::from(text.as_str()).to_string()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn one_scalar_is_edited() {
        let find: &Find<'_> = &|root| root.at(&["a", "b"]);
        for (text, new, wanted) in [
            ("# c\na:\n  b: old # why\n  c: 1\n", json!("new"), Some("# c\na:\n  b: new # why\n  c: 1")),
            ("a:\n  b: 'old'\n", json!("it"), Some("a:\n  b: 'it'")),
            ("a:\n  b: \"o\\\"d\"\n", json!("x"), Some("a:\n  b: \"x\"")),
            ("a:\n  b: old\n", json!("yes: no"), Some("a:\n  b: \"yes: no\"")),
            ("a:\n  b: 1\n", json!(2), Some("a:\n  b: 2")),
            ("a:\n  b: old\n", json!("1"), Some("a:\n  b: \"1\"")),
            ("a:\n  b: |\n    x\n", json!("y"), None),
            ("a:\n  c: 1\n", json!("y"), None),
            ("text", json!("y"), None),
        ] {
            let edited = edit_yaml(text, find, &mut |value| {
                *value = new.clone();
                Ok(())
            });
            assert_eq!(edited.unwrap().as_deref(), wanted, "{text:?}");
        }
    }
}
