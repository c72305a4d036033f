//! What a remedy changes in a file, as lines taken away and lines added.

use crate::edit::Edit;
use ks_object::{Kind, Node, Tree};

/// Whole lines that a change takes away and adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hunk {
    /// The first line that is taken away, from 1; when none is, the line before which lines are added.
    pub(crate) first: u32,
    /// How many lines are taken away.
    pub(crate) removed: u32,
    /// The lines that are added.
    pub(crate) added: Vec<String>,
}

impl Hunk {
    /// The lines that an edit changes.
    pub(crate) fn of(text: &str, edit: &Edit) -> Option<Self> {
        let head = text.get(..edit.range.start)?;
        let tail = text.get(edit.range.end..)?;
        let start = head.rfind('\n').map_or(0, |at| at + 1);
        let end = edit.range.end + tail.find('\n').unwrap_or(tail.len());
        let after = format!("{}{}{}", &text[start..edit.range.start], edit.text, &text[edit.range.end..end]);
        let old: Vec<&str> = text[start..end].split('\n').collect();
        let new: Vec<&str> = after.split('\n').collect();
        let same = |(a, b): &(&&str, &&str)| a.trim_end() == b.trim_end();
        let before = old.iter().zip(&new).take_while(same).count();
        let most = old.len().min(new.len()) - before;
        let behind = old.iter().rev().zip(new.iter().rev()).take(most).take_while(same).count();
        let removed = old.len() - before - behind;
        let mut added: Vec<String> =
            new[before..new.len() - behind].iter().map(|line| line.trim_end().to_owned()).collect();
        // A line break before or behind an added block is no line of its own.
        while removed == 0 && added.last().is_some_and(String::is_empty) {
            added.pop();
        }
        let first = text[..start].matches('\n').count() + before + 1;
        (removed > 0 || !added.is_empty()).then_some(Self {
            first: u32::try_from(first).ok()?,
            removed: u32::try_from(removed).ok()?,
            added,
        })
    }
}

/// Takes a field or an item out of a document in block style.
pub(crate) fn delete(text: &str, tree: &Tree, path: &str) -> Option<Edit> {
    let found = tree.root()?.find(path);
    let parent = found.node.parent().filter(|_| found.whole)?;
    let lines: Vec<&str> = text.split('\n').collect();
    let (first, indent) = entry(&lines, found.node, parent)?;
    let item = parent.kind() == Kind::Seq;
    let belongs = |line: &&str| {
        let content = line.trim_start_matches(' ');
        let depth = line.len() - content.len();
        // The items of a field's list may stand as far left as the field.
        content.is_empty() || depth > indent || (!item && depth == indent && content.starts_with("- "))
    };
    let mut end = first + 1 + lines[first + 1..].iter().take_while(|line| belongs(line)).count();
    while end > first + 1 && lines[end - 1].trim().is_empty() {
        end -= 1;
    }
    let offset = |line: usize| lines[..line].iter().map(|line| line.len() + 1).sum::<usize>().min(text.len());
    Some(Edit { range: offset(first)..offset(end), text: String::new() })
}

/// The line (from 0) where a field or an item begins, and how far it is indented.
fn entry(lines: &[&str], node: Node<'_>, parent: Node<'_>) -> Option<(usize, usize)> {
    let last = (node.position().line as usize).checked_sub(1)?;
    let first = (parent.position().line as usize).checked_sub(1)?;
    (first..=last).rev().find_map(|number| {
        let line = lines.get(number)?;
        let content = line.trim_start_matches(' ');
        let indent = line.len() - content.len();
        let begins = match node.key() {
            // A field on the line of an item's dash cannot go without the rest of the item.
            Some(key) => {
                let rest = content.strip_prefix(key).or_else(|| content.strip_prefix(&format!("\"{key}\"")));
                indent + 1 == parent.position().column as usize && rest.is_some_and(|rest| rest.starts_with(':'))
            }
            None => content.starts_with("- ") && indent < node.position().column as usize,
        };
        begins.then_some((number, indent))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::ops::Range;

    #[test]
    fn a_hunk_has_only_the_lines_that_differ() {
        let text = "a: 1\nb: 2\nc: 3\n";
        let edit = |range: Range<usize>, text: &str| Edit { range, text: text.to_owned() };
        let hunk = |first, removed, added: &[&str]| {
            Some(Hunk { first, removed, added: added.iter().map(|line| (*line).to_owned()).collect() })
        };
        assert_eq!(Hunk::of(text, &edit(8..9, "5")), hunk(2, 1, &["b: 5"]));
        assert_eq!(Hunk::of(text, &edit(9..9, "\nx: 0")), hunk(3, 0, &["x: 0"]));
        assert_eq!(Hunk::of(text, &edit(10..10, "x: 0\n")), hunk(3, 0, &["x: 0"]));
        assert_eq!(Hunk::of(text, &edit(5..10, "")), hunk(2, 1, &[]));
        assert_eq!(Hunk::of(text, &edit(8..9, "2")), None);
        assert_eq!(Hunk::of("a: 1", &edit(4..4, "\nb: 2\n")), hunk(2, 0, &["b: 2"]));
    }
}
