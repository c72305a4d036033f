//! What remedies change in a file, as lines taken away and lines added.

use crate::edit;
use crate::remedy::Remedy;
use ks_object::Tree;
use ks_policy::PathKind;
use similar::{DiffOp, TextDiff};
use std::cmp::Reverse;

/// Whole lines that are taken away and added at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hunk {
    /// The first line that is taken away, from 1; when none is, the line before which lines are added.
    pub(crate) first: u32,
    /// How many lines are taken away.
    pub(crate) removed: u32,
    /// The lines that are added.
    pub(crate) added: Vec<String>,
}

/// The text with all remedies applied that can be, one after the other. `reread` parses the object in a changed text.
pub(crate) fn mended(
    text: &str,
    tree: &Tree,
    remedies: &[Remedy<'_>],
    reread: &dyn Fn(&str) -> Option<Tree>,
) -> Option<String> {
    let mut state: Option<(String, Tree)> = None;
    let root = tree.root()?;
    // What is taken out of a list shifts what comes behind it, so that deletions come last and go from back to front.
    let (mut deletions, others): (Vec<&Remedy<'_>>, Vec<&Remedy<'_>>) =
        remedies.iter().partition(|remedy| remedy.kind == PathKind::Delete);
    deletions.sort_by_key(|remedy| Reverse(root.find(remedy.path).node.position()));
    for remedy in others.into_iter().chain(deletions) {
        let (text, tree) = state.as_ref().map_or((text, tree), |(text, tree)| (text.as_str(), tree));
        let edit = match remedy.kind {
            PathKind::Fix => edit::set(text, tree, remedy.path, remedy.value),
            PathKind::Delete => edit::delete(text, tree, remedy.path),
            PathKind::Failed | PathKind::Review | PathKind::Command => None,
        };
        let Some(edit) = edit else { continue };
        let changed = edit.apply(text);
        // An edit after which the object cannot be read is none to show.
        if let Some(tree) = reread(&changed) {
            state = Some((changed, tree));
        }
    }
    state.map(|(text, _)| text)
}

/// The lines that differ between two texts.
pub(crate) fn hunks(old: &str, new: &str) -> Vec<Hunk> {
    let diff = TextDiff::from_lines(old, new);
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let changes = diff.ops().iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    let hunk = |op: &DiffOp| {
        let lines = op.new_range().filter_map(|at| diff.new_slice(at));
        Hunk {
            first: number(op.old_range().start + 1),
            removed: number(op.old_range().len()),
            added: lines.map(|line| line.trim_end().to_owned()).collect(),
        }
    };
    changes.map(hunk).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn remedy<'a>(kind: PathKind, path: &'a str, value: &'a str) -> Remedy<'a> {
        Remedy { kind, resource_id: "", path, value }
    }

    #[test]
    fn remedies_build_on_each_other() {
        let text = "spec:\n  image: a\n  privileged: true\n  add: [X]\n";
        let tree = ks_yaml::parse(text).unwrap();
        let remedies = [
            remedy(PathKind::Fix, "spec.privileged", "false"),
            remedy(PathKind::Fix, "spec.security.user", "1000"),
            remedy(PathKind::Fix, "spec.security.root", "false"),
            remedy(PathKind::Delete, "spec.add", ""),
            remedy(PathKind::Review, "spec.image", ""),
        ];
        let new = mended(text, &tree, &remedies, &ks_yaml::parse).unwrap();
        assert_eq!(new, "spec:\n  image: a\n  privileged: false\n  security:\n    user: 1000\n    root: false\n");
        let added = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            hunks(text, &new),
            [Hunk {
                first: 3,
                removed: 2,
                added: added(&["  privileged: false", "  security:", "    user: 1000", "    root: false"])
            }]
        );
        assert_eq!(hunks("a\nb\n", "a\nx\nb\n"), [Hunk { first: 2, removed: 0, added: added(&["x"]) }]);
        assert_eq!(hunks("a\nb\nc\n", "a\nc\n"), [Hunk { first: 2, removed: 1, added: Vec::new() }]);
    }

    #[test]
    fn deletions_do_not_shift_each_other() {
        let text = "list:\n  - a\n  - b\n  - c\n  - d\n";
        let tree = ks_yaml::parse(text).unwrap();
        let remedies = ["list[0]", "list[1]", "list[3]"].map(|path| remedy(PathKind::Delete, path, ""));
        assert_eq!(mended(text, &tree, &remedies, &ks_yaml::parse).unwrap(), "list:\n  - c\n");
    }

    #[test]
    fn nothing_to_change_is_no_change() {
        let tree = ks_yaml::parse("a: 1\n").unwrap();
        assert_eq!(mended("a: 1\n", &tree, &[remedy(PathKind::Review, "a", "")], &ks_yaml::parse), None);
        assert_eq!(mended("a: 1\n", &tree, &[remedy(PathKind::Fix, "a", "2")], &|_| None), None);
    }
}
