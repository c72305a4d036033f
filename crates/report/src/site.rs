//! Where findings stand, and what stands there now.

use crate::edit::Lines;
use crate::{Located, Report, ReportError};
use ks_object::{Kind, Node, Object, Origin, Position, Tree, from_json, write_json, write_redacted};
use ks_policy::{ControlResult, PathItem, PathKind, Resource};
use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

/// What redaction puts in place of a secret.
const HIDDEN: &str = "XXXXXX";
/// The longest value that is shown.
const LONGEST: usize = 200;

/// Finds the sites of resources. Resources of one file should come one after the other.
pub(crate) struct Sites<'a> {
    report: &'a Report<'a>,
    /// The lines of the last file.
    lines: Option<(Arc<str>, Rc<Lines>)>,
}

/// A resource in its file.
pub(crate) struct Site<'a> {
    report: &'a Report<'a>,
    resource: &'a Resource,
    /// The document, if its positions are those of the file.
    pub(crate) document: Option<(Located, Rc<Lines>)>,
    /// The object without its secrets.
    values: OnceCell<Option<Tree>>,
}

impl<'a> Sites<'a> {
    pub(crate) fn new(report: &'a Report<'a>) -> Self {
        Self { report, lines: None }
    }

    /// Resources with a failure and a file: by file, then by id.
    pub(crate) fn failed(&self) -> Vec<(&'a Resource, &'a Origin)> {
        let outcome = self.report.outcome;
        let failed = outcome.resources.iter().filter(|one| one.verdict.status == ks_policy::Status::Failed);
        let in_file = failed.filter_map(|one| Some((one, one.origin.as_ref()?)));
        let mut sorted: Vec<_> = in_file.filter(|(_, origin)| !origin.file.relative.is_empty()).collect();
        sorted.sort_by(|(one, a), (other, b)| (&a.file.absolute, &one.id).cmp(&(&b.file.absolute, &other.id)));
        sorted
    }

    /// The site of a resource.
    pub(crate) fn of(&mut self, resource: &'a Resource, origin: &Origin) -> Site<'a> {
        let located = self.report.locator.locate(origin).filter(|located| located.exact);
        let document = located.map(|located| {
            let lines = match &self.lines {
                Some((text, lines)) if Arc::ptr_eq(text, &located.text) => lines.clone(),
                _ => Rc::new(Lines::of(&located.text)),
            };
            self.lines = Some((located.text.clone(), lines.clone()));
            (located, lines)
        });
        Site { report: self.report, resource, document, values: OnceCell::new() }
    }
}

impl Site<'_> {
    /// Where to look for a failure: at what would mend it, else at what is wrong.
    pub(crate) fn position(&self, result: &ControlResult<'_>) -> Position {
        let order = |item: &PathItem<'_>| rank(item.kind);
        let eligible =
            |item: &PathItem<'_>| item.kind != PathKind::Command && (!self.report.scan.strict || self.owns(item));
        let item = result.paths().filter(eligible).min_by_key(order);
        item.and_then(|item| self.nearest(item.path)).unwrap_or(Position::new(1, 1))
    }

    /// Where every wrong field stands that is there.
    pub(crate) fn wrong(&self, result: &ControlResult<'_>) -> Vec<(String, Position)> {
        let failed = result.paths().filter(|item| item.kind == PathKind::Failed && self.owns(item));
        let mut found: Vec<_> =
            failed.filter_map(|item| Some((item.path.to_owned(), self.exact(item.path)?.position()))).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether a path leads into this resource and not into a related one.
    pub(crate) fn owns(&self, item: &PathItem<'_>) -> bool {
        item.resource_id == self.resource.id
    }

    /// The value at a path; `None` for secrets and for what is not there.
    pub(crate) fn current(&self, path: &str) -> Option<String> {
        let tree = self.values.get_or_init(|| self.read().ok().flatten()).as_ref()?;
        let found = tree.root()?.find(plain(path));
        if !found.whole || found.node.parent().is_none() {
            return None;
        }
        let mut text = String::new();
        match found.node.kind() {
            Kind::Map | Kind::Seq => write_json(found.node, &mut text),
            Kind::Null => text.push_str("null"),
            _ => text.push_str(found.node.text()),
        }
        if text.contains(HIDDEN) {
            return None;
        }
        if text.len() > LONGEST {
            let fits = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= LONGEST).last();
            text.truncate(fits.unwrap_or_default());
            text.push('…');
        }
        Some(text)
    }

    /// The name of the innermost container that a path leads through.
    pub(crate) fn container(&self, path: &str) -> Option<&str> {
        let (located, _) = self.document.as_ref()?;
        let mut node = Some(located.tree.root()?.find(plain(path)).node);
        while let Some(here) = node {
            let list = here.parent();
            if here.index().is_some() && list.and_then(Node::key).is_some_and(|key| key.ends_with("ontainers")) {
                return here.str_at(&["name"]);
            }
            node = list;
        }
        None
    }

    fn read(&self) -> Result<Option<Tree>, ReportError> {
        let mut text = String::new();
        let failed = |source| ReportError::Object { id: self.resource.id.clone(), source };
        if !self.report.outcome.raw(self.resource, &mut text).map_err(failed)? {
            let Some(root) = self.document.as_ref().and_then(|(located, _)| located.tree.root()) else {
                return Ok(None);
            };
            write_redacted(&Object::new(root, 0), None, &mut text);
        }
        let value = serde_json::from_str(&text);
        Ok(Some(from_json(&value.map_err(|source| ReportError::Encode { part: self.resource.id.clone(), source })?)))
    }

    /// The value at a path, if the whole path is there.
    fn exact(&self, path: &str) -> Option<Node<'_>> {
        let (located, _) = self.document.as_ref()?;
        let found = located.tree.root()?.find(plain(path));
        (found.whole && found.node.parent().is_some()).then_some(found.node)
    }

    /// Where a path stands, shortened by its last field until there is something.
    fn nearest(&self, path: &str) -> Option<Position> {
        let mut path = plain(path);
        loop {
            // A label's key in brackets leads nowhere, so that its whole field is left off. Strict reports know better.
            let readable = self.report.scan.strict || !has_key_in_brackets(path);
            if let Some(node) = self.exact(path).filter(|_| readable) {
                return Some(node.position());
            }
            path = &path[..path.rfind('.')?];
        }
    }
}

/// The order in which the paths of a failure say where it stands and how to mend it.
pub(crate) const fn rank(kind: PathKind) -> u8 {
    match kind {
        PathKind::Fix => 0,
        PathKind::Delete => 1,
        PathKind::Review => 2,
        PathKind::Failed => 3,
        PathKind::Command => 4,
    }
}

/// What would mend a failure, and then what is wrong and not named yet: each path with the text that names it.
pub(crate) fn named_paths<'a>(result: &ControlResult<'a>) -> Vec<(PathItem<'a>, String)> {
    let mut items: Vec<_> = result.paths().filter(|item| item.kind != PathKind::Command).collect();
    items.sort_by_key(|item| rank(item.kind));
    let mut named: Vec<(PathItem<'a>, String)> = Vec::with_capacity(items.len());
    for item in items {
        let text = match item.kind {
            PathKind::Fix => format!("{}={}", item.path, item.value),
            _ => item.path.to_owned(),
        };
        if item.kind != PathKind::Failed || named.iter().all(|(_, other)| *other != text) {
            named.push((item, text));
        }
    }
    named
}

/// A path without the value that some carry.
fn plain(path: &str) -> &str {
    path.split_once('=').map_or(path, |(path, _)| path)
}

fn has_key_in_brackets(path: &str) -> bool {
    path.match_indices('[').any(|(at, _)| !path[at + 1..].starts_with(|c: char| c.is_ascii_digit()))
}
