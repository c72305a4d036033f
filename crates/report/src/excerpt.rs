//! The lines of a file that a finding is about, and what its fix would change there.

use crate::change::{Hunk, delete};
use crate::remedy::Remedy;
use crate::secret::{REDACTED, Secrets};
use crate::{Report, edit};
use ks_object::{Kind, Object, Origin, Tree};
use ks_policy::PathKind;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// How many lines that a fix takes away are shown at most.
const MOST_REMOVED: u32 = 8;

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
    /// What it is about; several when they concern the same lines.
    pub(crate) remedies: Vec<Remedy<'a>>,
    /// The file's path as the report names it; empty when there is none.
    pub(crate) file: String,
    /// The guilty line; 0 when there is none.
    pub(crate) line: u32,
    /// The lines; none when the object is in no file, or in a rendered one.
    pub(crate) lines: Vec<Line>,
}

/// The document of an object, ready to be quoted.
#[derive(Debug)]
pub(crate) struct Source {
    text: Arc<str>,
    tree: Arc<Tree>,
    starts: Vec<usize>,
    secrets: Secrets,
    file: String,
    /// The lines of the object, from and to.
    span: (u32, u32),
    show_secrets: bool,
}

/// The documents that were asked for last.
pub(crate) struct Sources<'a> {
    report: Report<'a>,
    held: Vec<(String, Option<Rc<Source>>)>,
}

impl<'a> Sources<'a> {
    pub(crate) const fn new(report: Report<'a>) -> Self {
        Self { report, held: Vec::new() }
    }

    /// The document of a resource.
    pub(crate) fn get(&mut self, resource_id: &str) -> Option<Rc<Source>> {
        if let Some((_, source)) = self.held.iter().find(|(id, _)| id == resource_id) {
            return source.clone();
        }
        let origin = self.report.outcome.resource(resource_id).and_then(|resource| resource.origin.as_ref());
        let source = origin.and_then(|origin| Source::read(&self.report, origin)).map(Rc::new);
        if self.held.len() == 8 {
            self.held.remove(0);
        }
        self.held.push((resource_id.to_owned(), source.clone()));
        source
    }

    /// What the files say about some remedies, in their order; those about the same lines are put together.
    pub(crate) fn excerpts(&mut self, remedies: &[Remedy<'a>]) -> Vec<Excerpt<'a>> {
        let mut excerpts: Vec<Excerpt<'a>> = Vec::new();
        for remedy in remedies {
            let excerpt = match self.get(remedy.resource_id) {
                Some(source) if remedy.kind != PathKind::Command => source.excerpt(*remedy),
                _ => Excerpt { remedies: vec![*remedy], file: String::new(), line: 0, lines: Vec::new() },
            };
            match excerpts.iter_mut().find(|one| one.file == excerpt.file && one.lines == excerpt.lines) {
                Some(one) => one.remedies.push(*remedy),
                None => excerpts.push(excerpt),
            }
        }
        excerpts
    }
}

impl Source {
    fn read(report: &Report<'_>, origin: &Origin) -> Option<Self> {
        let located = report.locator.locate(origin).filter(|located| located.exact)?;
        let breaks = located.text.match_indices('\n').map(|(at, _)| at + 1);
        let starts: Vec<usize> = std::iter::once(0).chain(breaks).collect();
        let root = located.tree.root()?;
        let line = |number: u32| line(&located.text, &starts, number);
        let secrets = Secrets::of(&Object::new(root, 0), &line);
        // Neighbours in the same file are somebody else's and may hold secrets that are not known here.
        let span = (root.position().line, located.tree.root().map_or(0, last_line));
        Some(Self {
            secrets,
            span,
            file: origin.file.relative.clone(),
            show_secrets: report.scan.secrets,
            text: Arc::clone(&located.text),
            tree: Arc::clone(&located.tree),
            starts,
        })
    }

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

    fn excerpt<'a>(&self, remedy: Remedy<'a>) -> Excerpt<'a> {
        let guilty = self.line_of(remedy.path);
        let mut excerpt = Excerpt { remedies: vec![remedy], file: self.file.clone(), line: guilty, lines: Vec::new() };
        if guilty == 0 {
            return excerpt;
        }
        let hunk = self.hunk(remedy);
        let mut marks: BTreeMap<u32, Mark> = BTreeMap::new();
        let mut around = |first: u32, behind: u32| {
            for number in [first.saturating_sub(1), behind] {
                if (self.span.0..=self.span.1).contains(&number) {
                    marks.entry(number).or_insert(Mark::Context);
                }
            }
        };
        around(guilty, guilty + 1);
        if let Some(hunk) = &hunk {
            around(hunk.first, hunk.first + hunk.removed);
        }
        marks.insert(guilty, Mark::Guilty);
        if let Some(hunk) = &hunk {
            marks.extend((hunk.first..hunk.first + hunk.removed).map(|number| (number, Mark::Removed)));
        }
        let added_before = hunk.as_ref().map_or(u32::MAX, |hunk| hunk.first + hunk.removed);
        let mut added = hunk.map(|hunk| hunk.added).unwrap_or_default();
        let mut last = 0;
        let mut add = |before: u32, last: &mut u32, lines: &mut Vec<Line>| {
            if before >= added_before && !added.is_empty() {
                if *last != 0 && *last + 1 != added_before {
                    lines.push(Line { number: 0, mark: Mark::Gap, text: String::new() });
                }
                let texts = std::mem::take(&mut added).into_iter();
                lines.extend(texts.map(|text| Line { number: 0, mark: Mark::Added, text }));
                *last = added_before - 1;
            }
        };
        let lines = &mut excerpt.lines;
        let mut removed = 0;
        for (&number, &mark) in &marks {
            add(number, &mut last, lines);
            if mark == Mark::Removed {
                removed += 1;
                if removed > MOST_REMOVED {
                    continue;
                }
            }
            if last != 0 && number != last + 1 {
                lines.push(Line { number: 0, mark: Mark::Gap, text: String::new() });
            }
            last = number;
            lines.push(Line { number, mark, text: self.shown(number) });
        }
        add(u32::MAX, &mut last, lines);
        excerpt
    }

    /// The lines that a remedy changes. None are shown when a secret stands on one of them.
    fn hunk(&self, remedy: Remedy<'_>) -> Option<Hunk> {
        let edit = match remedy.kind {
            PathKind::Fix => edit::set(&self.text, &self.tree, remedy.path, remedy.value)?,
            PathKind::Delete => delete(&self.text, &self.tree, remedy.path)?,
            PathKind::Failed | PathKind::Review | PathKind::Command => return None,
        };
        let hunk = Hunk::of(&self.text, &edit)?;
        let mut changed = hunk.first.saturating_sub(1)..=hunk.first + hunk.removed;
        (self.show_secrets || !changed.any(|number| self.secrets.covers_line(number) && hunk.removed > 0))
            .then_some(hunk)
    }

    /// A line as it may be shown.
    fn shown(&self, number: u32) -> String {
        let text = line(&self.text, &self.starts, number).unwrap_or_default();
        if self.show_secrets { text.to_owned() } else { self.secrets.redact(number, text) }
    }
}

fn line<'t>(text: &'t str, starts: &[usize], number: u32) -> Option<&'t str> {
    let at = (number as usize).checked_sub(1)?;
    let start = *starts.get(at)?;
    let end = starts.get(at + 1).map_or(text.len(), |next| next - 1);
    Some(text.get(start..end)?.trim_end_matches('\r'))
}

fn last_line(node: ks_object::Node<'_>) -> u32 {
    node.children().map(last_line).max().unwrap_or(0).max(node.position().line)
}
