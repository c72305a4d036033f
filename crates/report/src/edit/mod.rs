//! The smallest change of a file's text that sets or deletes a value.
//!
//! Everything else stays as it is: comments, order, quotes, indentation and line ends. The parsed document says where
//! things begin, the text says where they end. Where the text is of a shape that is not understood for certain
//! (aliases, plain texts over several lines), there is no edit rather than a wrong one.

mod block;
mod flow;
mod lines;
mod scalar;
#[cfg(test)]
mod tests;

use block::Block;
use ks_object::{Kind, Node, Tree};
pub use lines::Lines;
use std::ops::Range;

/// A change of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go.
    pub range: Range<usize>,
    /// What comes in their place.
    pub text: String,
}

impl Edit {
    /// The text with the change made.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        [&text[..self.range.start], &self.text, &text[self.range.end..]].concat()
    }
}

/// The edit that sets the value at a path of a document; missing maps on the way are made. `tree` is the document's
/// object and `text` the whole file. `None` when the path is no plain path, the value is there already, or the text
/// is of a shape that is not understood.
#[must_use]
pub fn set(text: &str, tree: &Tree, path: &str, value: &str) -> Option<Edit> {
    set_in(text, &Lines::of(text), tree, path, value)
}

/// As [`set`], for many edits of one file.
#[must_use]
pub fn set_in(text: &str, lines: &Lines, tree: &Tree, path: &str, value: &str) -> Option<Edit> {
    let source = Source { text, lines };
    let steps = steps(path)?;
    let (node, followed) = source.follow(tree.root()?, &steps)?;
    let edit = match &steps[followed..] {
        [] => source.replace(node, value)?,
        missing => source.add(node, missing, value)?,
    };
    (text[edit.range.clone()] != edit.text).then_some(edit)
}

/// The edit that deletes the value at a path of a document, with its key. `None` as for [`set`], and when the path is
/// not there.
#[must_use]
pub fn delete(text: &str, tree: &Tree, path: &str) -> Option<Edit> {
    delete_in(text, &Lines::of(text), tree, path)
}

/// As [`delete`], for many edits of one file.
#[must_use]
pub fn delete_in(text: &str, lines: &Lines, tree: &Tree, path: &str) -> Option<Edit> {
    let source = Source { text, lines };
    let steps = steps(path)?;
    let (node, followed) = source.follow(tree.root()?, &steps)?;
    if followed < steps.len() {
        return None;
    }
    let parent = node.parent()?;
    if source.is_flow(parent)? { flow::delete(source, parent, node) } else { block::delete(source, parent, node) }
}

/// One step of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// Splits a plain path: keys of letters, digits, `_`, `-` and `/` (or anything in double quotes) between dots, and
/// indexes or map keys in brackets. Reports come from anywhere, so nothing else is followed.
fn steps(path: &str) -> Option<Vec<Step<'_>>> {
    let plain = |key: &str, more: &str| {
        !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "_-/".contains(c) || more.contains(c))
    };
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix('[') {
            let (inside, tail) = inner.split_once(']')?;
            match inside.parse() {
                Ok(index) => steps.push(Step::Index(index)),
                Err(_) if plain(inside, ".") => steps.push(Step::Key(inside)),
                Err(_) => return None,
            }
            rest = tail;
        } else if let Some(inner) = rest.strip_prefix('"') {
            let (key, tail) = inner.split_once('"')?;
            steps.push(Step::Key(key));
            rest = tail;
        } else {
            let (key, tail) = rest.split_at(rest.find(['.', '[']).unwrap_or(rest.len()));
            if !plain(key, "") {
                return None;
            }
            steps.push(Step::Key(key));
            rest = tail;
        }
        if let Some(tail) = rest.strip_prefix('.') {
            if tail.is_empty() {
                return None;
            }
            rest = tail;
        } else if !rest.is_empty() && !rest.starts_with('[') {
            return None;
        }
    }
    (!steps.is_empty()).then_some(steps)
}

/// A file.
#[derive(Clone, Copy)]
struct Source<'a> {
    text: &'a str,
    lines: &'a Lines,
}

impl<'a> Source<'a> {
    /// Where a value begins, behind its anchor and tag.
    fn offset(self, node: Node<'_>) -> Option<usize> {
        let mut at = self.lines.offset(self.text, node.position())?;
        while self.text[at..].starts_with(['&', '!']) {
            let rest = &self.text[at..];
            let token = rest.find([' ', '\n', '\r']).unwrap_or(rest.len());
            at += token + rest[token..].len() - rest[token..].trim_start().len();
        }
        Some(at)
    }

    /// Whether a collection stands in brackets.
    fn is_flow(self, node: Node<'_>) -> Option<bool> {
        let mark = match node.kind() {
            Kind::Map => '{',
            Kind::Seq => '[',
            _ => return Some(false),
        };
        Some(self.text[self.offset(node)?..].starts_with(mark))
    }

    /// Follows steps as far as they lead, and says how many did. `None` when they lead through an alias: its text
    /// stands elsewhere, and a change there would change more than was asked for.
    fn follow<'t>(self, root: Node<'t>, steps: &[Step<'_>]) -> Option<(Node<'t>, usize)> {
        let mut node = root;
        for (at, step) in steps.iter().enumerate() {
            let mut last = None;
            let mut next = None;
            for (index, child) in node.children().enumerate() {
                let wanted = match (*step, node.kind()) {
                    (Step::Key(key), Kind::Map) => child.key() == Some(key),
                    (Step::Index(wanted), Kind::Seq) => index == wanted,
                    _ => false,
                };
                if wanted {
                    next = Some(child);
                    break;
                }
                last = Some(child.position());
            }
            let Some(next) = next else { return Some((node, at)) };
            let here = next.position();
            if here < node.position() || last.is_some_and(|last| here <= last) {
                return None;
            }
            node = next;
        }
        Some((node, steps.len()))
    }

    /// Puts a scalar in the place of a value.
    fn replace(self, node: Node<'_>, value: &str) -> Option<Edit> {
        let parent = node.parent()?;
        let in_flow = self.is_flow(parent)?;
        let text = scalar::render(value, in_flow && self.is_json(node));
        if matches!(node.kind(), Kind::Map | Kind::Seq) {
            if self.is_flow(node)? {
                let start = self.offset(node)?;
                return Some(Edit { range: start..flow::entries(self, start)?.close + 1, text });
            }
            // The value moves up to its key or dash.
            let block = Block::of(self, node)?;
            let before = self.text[..block.start].trim_end();
            let edit = Edit { range: before.len()..block.end, text: format!(" {text}") };
            return before.ends_with([':', '-']).then_some(edit);
        }
        match scalar::extent(self, node, in_flow)? {
            range if range.is_empty() => {
                let at = self.after_key(node)?;
                Some(Edit { range: at..at, text: format!(" {text}") })
            }
            range => Some(Edit { range, text }),
        }
    }

    /// Adds what is missing below a value.
    fn add(self, node: Node<'_>, missing: &[Step<'_>], value: &str) -> Option<Edit> {
        let fits = match (node.kind(), missing.first()?) {
            (Kind::Map, Step::Key(_)) => true,
            (Kind::Seq, Step::Index(index)) => *index == node.len(),
            (Kind::Null, Step::Key(_) | Step::Index(0)) => return self.fill(node, missing, value),
            _ => false,
        };
        if !fits {
            return None;
        }
        // The place of a new element is known; from here on it counts as the first of its own list.
        let missing: Vec<Step<'_>> = match missing {
            [Step::Index(_), rest @ ..] => [&[Step::Index(0)], rest].concat(),
            other => other.to_vec(),
        };
        if self.is_flow(node)? {
            return flow::insert(self, node, &missing, value);
        }
        let block = Block::of(self, node)?;
        let indent = block.indent;
        let mut text = format!("{}{}", self.line_break(block.end), " ".repeat(indent));
        block::render(&missing, value, indent, self.unit(node), self.line_break(block.end), &mut text)?;
        Some(Edit { range: block.end..block.end, text })
    }

    /// Puts a collection in the place of a null.
    fn fill(self, node: Node<'_>, missing: &[Step<'_>], value: &str) -> Option<Edit> {
        let parent = node.parent()?;
        let in_flow = self.is_flow(parent)?;
        let range = scalar::extent(self, node, in_flow)?;
        if in_flow {
            let text = flow::render(missing, value, self.is_json(node))?;
            return (!range.is_empty()).then_some(Edit { range, text });
        }
        let key = node.key()?;
        let block = Block::of(self, parent)?;
        let begin = block.entry(self, key)?;
        let line = self.lines.line(begin);
        let end = self.lines.start(self.text, line) + self.lines.text(self.text, line).len();
        let mut text = String::new();
        let unit = self.unit(parent);
        let below = block.indent + unit;
        text.push_str(self.line_break(end));
        text.push_str(&" ".repeat(below));
        block::render(missing, value, below, unit, self.line_break(end), &mut text)?;
        if range.is_empty() {
            return Some(Edit { range: end..end, text });
        }
        // A word for null goes with the blanks before it. If a comment follows, the value stays on its line.
        if !self.text[range.end..end].trim().is_empty() {
            return Some(Edit { range, text: flow::render(missing, value, false)? });
        }
        Some(Edit { range: self.text[..range.start].trim_end().len()..end, text })
    }

    /// Right behind the colon of a value's key.
    fn after_key(self, node: Node<'_>) -> Option<usize> {
        let key = node.key()?;
        let begin = Block::of(self, node.parent()?)?.entry(self, key)?;
        let behind = |quotes: usize| begin + key.len() + quotes + 1;
        let quoted = self.text[begin..].starts_with(['"', '\'']);
        let at = behind(if quoted { 2 } else { 0 });
        self.text.get(..at)?.ends_with(':').then_some(at)
    }

    /// How much deeper children stand in this part of the document.
    fn unit(self, node: Node<'_>) -> usize {
        let column = |node: Node<'_>| node.position().column as usize;
        let is_block_map =
            |one: &Node<'_>| one.kind() == Kind::Map && !one.is_empty() && self.is_flow(*one) == Some(false);
        let child = node.children().find(is_block_map).map(|child| column(child).saturating_sub(column(node)));
        let own = node.parent().filter(is_block_map).map(|parent| column(node).saturating_sub(column(parent)));
        child.into_iter().chain(own).find(|unit| (1..=8).contains(unit)).unwrap_or(2)
    }

    /// Whether the document is JSON, so that keys want quotes.
    fn is_json(self, node: Node<'_>) -> bool {
        let mut root = node;
        while let Some(parent) = root.parent() {
            root = parent;
        }
        self.is_flow(root) == Some(true)
    }

    /// The line break that is used around an offset.
    fn line_break(self, at: usize) -> &'static str {
        let found = self.text[at..].find('\n').map(|ahead| at + ahead).or_else(|| self.text[..at].rfind('\n'));
        if found.is_some_and(|at| self.text[..at].ends_with('\r')) { "\r\n" } else { "\n" }
    }
}
