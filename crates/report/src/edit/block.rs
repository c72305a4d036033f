//! Collections that stand by indentation.

use super::flow;
use super::scalar;
use super::{Edit, Source, Step};
use ks_object::{Kind, Node};

/// A mapping or sequence that stands by indentation.
pub(super) struct Block {
    /// Where it begins: at its first key or dash.
    pub(super) start: usize,
    /// The end of its last line with something in it, comments of that line included.
    pub(super) end: usize,
    /// How many blanks its keys or dashes stand behind.
    pub(super) indent: usize,
    /// Where each entry begins, and the end of its last line with something in it.
    entries: Vec<(usize, usize)>,
}

impl Block {
    /// Reads the lines of a block. `None` when the document reaches further than they do.
    pub(super) fn of(source: Source<'_>, node: Node<'_>) -> Option<Self> {
        let start = source.offset(node)?;
        let sequence = node.kind() == Kind::Seq;
        let first = source.lines.line(start);
        let indent = start - source.lines.start(source.text, first);
        let end_of = |line: usize| source.lines.start(source.text, line) + source.lines.text(source.text, line).len();
        let mut entries = vec![(start, end_of(first))];
        let mut literal = opens_literal(&source.text[start..end_of(first)], indent);
        for line in first + 1..source.lines.count() {
            let text = source.lines.text(source.text, line);
            let content = text.trim_start_matches(' ');
            let depth = text.len() - content.len();
            if content.trim().is_empty() {
                continue;
            }
            let inside = literal.is_some_and(|parent| depth > parent);
            if !inside {
                if content.starts_with('#') {
                    continue;
                }
                if depth < indent || is_mark(text) {
                    break;
                }
                // Dashes may stand right below the key that they belong to.
                let dash = content == "-" || content.starts_with("- ");
                if depth == indent && sequence && !dash {
                    break;
                }
                if depth == indent && sequence == dash {
                    entries.push((end_of(line) - content.len(), 0));
                }
                literal = opens_literal(content, depth);
            }
            if let Some((_, end)) = entries.last_mut() {
                *end = end_of(line);
            }
        }
        let end = entries.last()?.1;
        covers(source, node, end)?.then_some(Self { start, end, indent, entries })
    }

    /// Where the entry of a key begins.
    pub(super) fn entry(&self, source: Source<'_>, key: &str) -> Option<usize> {
        self.entries.iter().map(|(start, _)| *start).find(|start| flow::is_key(&source.text[*start..], key))
    }
}

/// Whether a line ends a document.
fn is_mark(line: &str) -> bool {
    ["---", "..."]
        .iter()
        .any(|mark| line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

/// If a literal or folded text begins at the end of this line: how far its parent is indented. Its lines are those
/// that stand deeper, whatever they look like.
fn opens_literal(content: &str, depth: usize) -> Option<usize> {
    let (mut content, mut depth, mut dash) = (content, depth, None);
    while let Some(rest) = content.strip_prefix("- ") {
        let inner = rest.trim_start_matches(' ');
        dash = Some(depth);
        depth += content.len() - inner.len();
        content = inner;
    }
    let mut words: Vec<&str> = content.split_whitespace().take_while(|word| !word.starts_with('#')).collect();
    let head = words.pop()?;
    let rest = head.strip_prefix(['|', '>'])?;
    if !rest.chars().all(|c| matches!(c, '+' | '-' | '0'..='9')) {
        return None;
    }
    while words.last().is_some_and(|word| word.starts_with(['&', '!'])) {
        words.pop();
    }
    match words.last() {
        None => dash,
        Some(key) => key.ends_with(':').then_some(depth),
    }
}

/// Whether everything in a collection stands before `end`.
fn covers(source: Source<'_>, node: Node<'_>, end: usize) -> Option<bool> {
    let mut leaf = node;
    while let Some(last) = leaf.children().last() {
        leaf = last;
        if source.is_flow(leaf)? {
            return Some(flow::entries(source, source.offset(leaf)?)?.close < end);
        }
    }
    if leaf.kind() == Kind::Null {
        return Some(true);
    }
    let start = source.offset(leaf)?;
    let quoted = source.text[start..].starts_with(['"', '\'']);
    Some(if quoted { start + scalar::quoted(&source.text[start..])? <= end } else { start <= end })
}

/// A value below steps; the first line is begun already and stands at `indent`.
pub(super) fn render(
    missing: &[Step<'_>],
    value: &str,
    indent: usize,
    unit: usize,
    line_break: &str,
    out: &mut String,
) -> Option<()> {
    match missing {
        [] => out.push_str(&scalar::render(value, false)),
        [Step::Key(key), rest @ ..] => {
            out.push_str(&scalar::render_key(key, false));
            out.push(':');
            if rest.is_empty() {
                out.push(' ');
            } else {
                out.push_str(line_break);
                out.push_str(&" ".repeat(indent + unit));
            }
            render(rest, value, indent + unit, unit, line_break, out)?;
        }
        [Step::Index(0), rest @ ..] => {
            out.push_str("- ");
            render(rest, value, indent + 2, unit, line_break, out)?;
        }
        [Step::Index(_), ..] => return None,
    }
    Some(())
}

/// Takes an entry out, with its lines.
pub(super) fn delete(source: Source<'_>, parent: Node<'_>, node: Node<'_>) -> Option<Edit> {
    let block = Block::of(source, parent)?;
    let at = match node.key() {
        Some(key) => {
            let begin = block.entry(source, key)?;
            block.entries.iter().position(|(start, _)| *start == begin)?
        }
        None => node.index()?,
    };
    let &(begin, end) = block.entries.get(at)?;
    let text = source.text;
    if block.entries.len() == 1 {
        let empty = if node.key().is_some() { "{}" } else { "[]" };
        let before = text[..begin].trim_end();
        return Some(if before.ends_with(':') {
            Edit { range: before.len()..end, text: format!(" {empty}") }
        } else {
            Edit { range: begin..end, text: empty.to_owned() }
        });
    }
    let line = source.lines.line(begin);
    let line_start = source.lines.start(text, line);
    let range = if !text[line_start..begin].trim().is_empty() {
        // The first key of an element, behind its dash: the next key moves there.
        begin..block.entries.get(at + 1)?.0
    } else if end == text.len() {
        text[..line_start].trim_end_matches(['\n', '\r']).len()..end
    } else {
        line_start..source.lines.start(text, source.lines.line(end) + 1)
    };
    Some(Edit { range, text: String::new() })
}
