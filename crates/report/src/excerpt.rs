//! The lines of a file that a finding is about, and what its fix would change there.

use crate::Report;
use crate::hunk::{Hunk, hunks, mended};
use crate::remedy::Remedy;
use crate::secret::{REDACTED, Secrets};
use ks_object::{FileKind, Kind, Object, Origin, Tree};
use ks_policy::PathKind;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// How many lines that a fix takes away at one place are shown at most.
const MOST_REMOVED: u32 = 8;
/// How many lines an excerpt has at most.
const MOST_LINES: usize = 60;

/// What a line of an excerpt is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Beside the guilty line.
    Context,
    /// What is wrong, or the nearest place where something is missing.
    Guilty,
    /// What the fix takes away.
    Removed,
    /// What the fix adds.
    Added,
    /// Lines that were left out.
    Gap,
}

/// A line of an excerpt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its number in the file; 0 for lines that are not there yet.
    pub(crate) number: u32,
    /// What it is.
    pub(crate) mark: Mark,
    /// Its text, without secrets.
    pub(crate) text: String,
}

/// Lines of a file with what is wrong and how it would be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Excerpt<'a> {
    /// The id of the object.
    pub(crate) resource_id: &'a str,
    /// What is to be done about it.
    pub(crate) remedies: Vec<Remedy<'a>>,
    /// The file's path as the report names it; empty when there is none.
    pub(crate) file: String,
    /// The first guilty line; 0 when there is none.
    pub(crate) line: u32,
    /// The lines; none when the object is in no file, or in a rendered one.
    pub(crate) lines: Vec<Line>,
}

/// The document of an object, ready to be quoted.
#[derive(Debug)]
pub(crate) struct Source {
    tree: Arc<Tree>,
    lines: Rc<Lines>,
    secrets: Secrets,
    origin: Origin,
    /// The lines of the object, from and to.
    span: (u32, u32),
    /// Its document, parsed by itself when a fix is to be shown: a file may hold thousands.
    alone: OnceCell<Option<Alone>>,
    show_secrets: bool,
}

/// A document of a file without the others.
#[derive(Debug)]
struct Alone {
    /// How many lines of the file stand before it.
    before: u32,
    text: String,
    tree: Tree,
}

/// Where the lines of a text begin.
#[derive(Debug)]
struct Lines {
    text: Arc<str>,
    starts: Vec<usize>,
}

/// The documents that were asked for last.
pub(crate) struct Sources<'a> {
    report: Report<'a>,
    held: Vec<(String, Option<Rc<Source>>)>,
    lines: Option<Rc<Lines>>,
}

impl<'a> Sources<'a> {
    pub(crate) const fn new(report: Report<'a>) -> Self {
        Self { report, held: Vec::new(), lines: None }
    }

    /// The document of a resource.
    pub(crate) fn get(&mut self, resource_id: &str) -> Option<Rc<Source>> {
        if let Some((_, source)) = self.held.iter().find(|(id, _)| id == resource_id) {
            return source.clone();
        }
        let origin = self.report.outcome.resource(resource_id).and_then(|resource| resource.origin.as_ref());
        let source = origin.and_then(|origin| self.read(origin)).map(Rc::new);
        if self.held.len() == 8 {
            self.held.remove(0);
        }
        self.held.push((resource_id.to_owned(), source.clone()));
        source
    }

    fn read(&mut self, origin: &Origin) -> Option<Source> {
        let located = self.report.locator.locate(origin).filter(|located| located.exact)?;
        let held = self.lines.take().filter(|lines| Arc::ptr_eq(&lines.text, &located.text));
        let lines = held.unwrap_or_else(|| Rc::new(Lines::of(&located.text)));
        self.lines = Some(Rc::clone(&lines));
        let root = located.tree.root()?;
        Some(Source {
            secrets: Secrets::of(&Object::new(root, 0), &|number| lines.get(number)),
            // Neighbours in the same file are somebody else's and may hold secrets that are not known here.
            span: (root.position().line, last_line(root)),
            lines,
            tree: Arc::clone(&located.tree),
            origin: origin.clone(),
            alone: OnceCell::new(),
            show_secrets: self.report.scan.secrets,
        })
    }

    /// What the files say about some remedies: an excerpt for each object that they are about.
    pub(crate) fn excerpts(&mut self, remedies: &[Remedy<'a>]) -> Vec<Excerpt<'a>> {
        let mut excerpts: Vec<Excerpt<'a>> = Vec::new();
        for remedy in remedies {
            match excerpts.iter_mut().find(|one| one.resource_id == remedy.resource_id) {
                Some(one) => one.remedies.push(*remedy),
                None => excerpts.push(Excerpt {
                    resource_id: remedy.resource_id,
                    remedies: vec![*remedy],
                    file: String::new(),
                    line: 0,
                    lines: Vec::new(),
                }),
            }
        }
        for excerpt in &mut excerpts {
            if let Some(source) = self.get(excerpt.resource_id) {
                source.quote(excerpt);
            }
        }
        excerpts
    }
}

impl Source {
    /// Where a path stands; 0 when it cannot be told.
    pub(crate) fn line_of(&self, path: &str) -> u32 {
        let Some(found) = self.tree.root().map(|root| root.find(path)) else { return 0 };
        if found.whole || found.node.parent().is_some() { found.node.position().line } else { 0 }
    }

    /// The present value at a path, when it is a scalar.
    pub(crate) fn value(&self, path: &str) -> Option<String> {
        let found = self.tree.root()?.find(path);
        if !found.whole || matches!(found.node.kind(), Kind::Map | Kind::Seq) {
            return None;
        }
        Some(match found.node.kind() {
            _ if self.secrets.covers(found.node) && !self.show_secrets => REDACTED.to_owned(),
            Kind::Null => "null".to_owned(),
            _ => found.node.text().to_owned(),
        })
    }

    /// Fills an excerpt with lines.
    fn quote(&self, excerpt: &mut Excerpt<'_>) {
        let paths = excerpt.remedies.iter().filter(|remedy| remedy.kind != PathKind::Command);
        let mut guilty: Vec<u32> = paths.map(|remedy| self.line_of(remedy.path)).filter(|&line| line > 0).collect();
        guilty.sort_unstable();
        guilty.dedup();
        excerpt.file.clone_from(&self.origin.file.relative);
        excerpt.line = guilty.first().copied().unwrap_or(0);
        if guilty.is_empty() {
            return;
        }
        let hunks = self.hunks(&excerpt.remedies);
        let mut marks: BTreeMap<u32, Mark> = BTreeMap::new();
        let around = guilty.iter().map(|&line| (line, line + 1));
        for (first, behind) in around.chain(hunks.iter().map(|hunk| (hunk.first, hunk.first + hunk.removed))) {
            for number in [first.saturating_sub(1), behind] {
                if (self.span.0..=self.span.1).contains(&number) {
                    marks.insert(number, Mark::Context);
                }
            }
        }
        marks.extend(guilty.into_iter().map(|line| (line, Mark::Guilty)));
        for hunk in &hunks {
            marks.extend((hunk.first..hunk.first + hunk.removed).map(|line| (line, Mark::Removed)));
        }
        excerpt.lines = self.lines(&marks, hunks);
    }

    /// The marked lines, with what is added between them.
    fn lines(&self, marks: &BTreeMap<u32, Mark>, hunks: Vec<Hunk>) -> Vec<Line> {
        let gap = Line { number: 0, mark: Mark::Gap, text: String::new() };
        let mut lines: Vec<Line> = Vec::new();
        let mut hunks = hunks.into_iter().peekable();
        let (mut last, mut removed) = (None, 0);
        for (number, mark) in marks.iter().map(|(&number, &mark)| (number, Some(mark))).chain([(u32::MAX, None)]) {
            // Lines of a hunk stand before the first line behind it.
            while let Some(hunk) = hunks.next_if(|hunk| hunk.first + hunk.removed <= number) {
                if last.is_some_and(|last| last + 1 < hunk.first + hunk.removed) {
                    lines.push(gap.clone());
                }
                let added = hunk.added.into_iter();
                lines.extend(added.map(|text| Line { number: 0, mark: Mark::Added, text }));
                last = Some(hunk.first + hunk.removed - 1);
            }
            let Some(mark) = mark else { break };
            if lines.len() >= MOST_LINES {
                lines.push(gap);
                break;
            }
            removed = if mark == Mark::Removed { removed + 1 } else { 0 };
            if removed <= MOST_REMOVED {
                if last.is_some_and(|last| last + 1 < number) {
                    lines.push(gap.clone());
                }
                lines.push(Line { number, mark, text: self.shown(number) });
            } else if removed == MOST_REMOVED + 1 {
                lines.push(gap.clone());
            }
            last = Some(number);
        }
        lines
    }

    /// The lines that remedies change. Those with secrets on them are left out.
    fn hunks(&self, remedies: &[Remedy<'_>]) -> Vec<Hunk> {
        if !remedies.iter().any(|remedy| matches!(remedy.kind, PathKind::Fix | PathKind::Delete)) {
            return Vec::new();
        }
        let Some(alone) = self.alone.get_or_init(|| self.alone()) else { return Vec::new() };
        let Some(new) = mended(&alone.text, &alone.tree, remedies, &|text| self.parse(text)) else { return Vec::new() };
        let mut hunks = hunks(&alone.text, &new);
        for hunk in &mut hunks {
            hunk.first += alone.before;
        }
        let secret = |hunk: &Hunk| (hunk.first..hunk.first + hunk.removed).any(|line| self.secrets.covers_line(line));
        hunks.retain(|hunk| self.show_secrets || !secret(hunk));
        hunks
    }

    /// The lines between the separators around the object. `None` for an item of a list: it is no document.
    fn alone(&self) -> Option<Alone> {
        if self.origin.item.is_some() {
            return None;
        }
        let separates =
            |number: u32| self.lines.get(number).is_none_or(|line| line.starts_with("---") || line == "...");
        let mut first = self.span.0;
        while first > 1 && !separates(first) && !separates(first - 1) {
            first -= 1;
        }
        let mut behind = self.span.1 + 1;
        while !separates(behind) {
            behind += 1;
        }
        let text = self.lines.range(first, behind)?.to_owned();
        let tree = self.parse(&text)?;
        Some(Alone { before: first - 1, text, tree })
    }

    fn parse(&self, text: &str) -> Option<Tree> {
        match self.origin.file.kind {
            FileKind::Json => ks_yaml::json(text, ks_yaml::Limits::default()).ok(),
            FileKind::Yaml => ks_yaml::parse(text),
        }
    }

    /// A line as it may be shown.
    fn shown(&self, number: u32) -> String {
        let text = self.lines.get(number).unwrap_or_default();
        if self.show_secrets { text.to_owned() } else { self.secrets.redact(number, text) }
    }
}

impl Lines {
    fn of(text: &Arc<str>) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { text: Arc::clone(text), starts: std::iter::once(0).chain(breaks).collect() }
    }

    /// A line by its number from 1, without its end.
    fn get(&self, number: u32) -> Option<&str> {
        Some(self.range(number, number.checked_add(1)?)?.trim_end_matches(['\r', '\n']))
    }

    /// The lines from one up to another, with their ends.
    fn range(&self, first: u32, behind: u32) -> Option<&str> {
        let start = *self.starts.get((first as usize).checked_sub(1)?)?;
        let end = self.starts.get((behind as usize).checked_sub(1)?).copied().unwrap_or(self.text.len());
        self.text.get(start..end)
    }
}

fn last_line(node: ks_object::Node<'_>) -> u32 {
    node.children().map(last_line).max().unwrap_or(0).max(node.position().line)
}
