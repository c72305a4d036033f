//! What a person can do about a failed control of a resource.

use ks_policy::{ControlResult, PathItem, PathKind};

/// One thing to do, or to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Remedy<'a> {
    /// What is to be done.
    pub(crate) kind: PathKind,
    /// The id of the object that the path leads into.
    pub(crate) resource_id: &'a str,
    /// The path; empty for a command.
    pub(crate) path: &'a str,
    /// The value to set or the command.
    pub(crate) value: &'a str,
}

/// What to do about a control's findings, in their order and without repeats. A path that is reported as wrong and
/// also with what to do about it is listed once.
pub(crate) fn remedies<'a>(result: &ControlResult<'a>) -> Vec<Remedy<'a>> {
    let items: Vec<PathItem<'a>> = result.paths().collect();
    let mut remedies: Vec<Remedy<'a>> = Vec::with_capacity(items.len());
    for item in &items {
        let better = |other: &PathItem<'_>| {
            other.kind != PathKind::Failed && other.resource_id == item.resource_id && other.path == item.path
        };
        if item.kind == PathKind::Failed && items.iter().any(better) {
            continue;
        }
        let PathItem { resource_id, kind, path, value } = *item;
        let remedy = Remedy { kind, resource_id, path, value };
        if !remedies.contains(&remedy) {
            remedies.push(remedy);
        }
    }
    remedies
}

impl<'a> Remedy<'a> {
    /// The remedy in one line: `path=value`, a path or a command.
    pub(crate) fn text(&self) -> String {
        match self.kind {
            PathKind::Fix => format!("{}={}", self.path, self.value),
            PathKind::Command => self.value.to_owned(),
            PathKind::Delete | PathKind::Review | PathKind::Failed => self.path.to_owned(),
        }
    }

    /// What is to be done, in a word.
    pub(crate) const fn verb(&self) -> &'static str {
        match self.kind {
            PathKind::Fix => "set",
            PathKind::Delete => "delete",
            PathKind::Review => "review",
            PathKind::Failed => "see",
            PathKind::Command => "run",
        }
    }

    /// The value when a person has to choose it.
    pub(crate) fn placeholder(&self) -> Option<&'a str> {
        (self.kind == PathKind::Fix && (self.value.starts_with("YOUR_") || self.value.starts_with('<')))
            .then_some(self.value)
    }
}
