//! What the tests of the readers share.

use ks_object::{Node, Tree, write_json};
use ks_yaml::{Limits, Problem, documents};
use std::fmt::Write;

/// The only document of a text, as JSON; `null` for an empty one.
pub(crate) fn yaml(text: &str) -> Result<String, Problem> {
    yaml_within(text, Limits::default())
}

pub(crate) fn yaml_within(text: &str, limits: Limits) -> Result<String, Problem> {
    let mut all = documents(text, limits);
    let first = all.next().map(|document| document.content);
    assert!(all.next().is_none(), "one document wanted: {text:?}");
    Ok(first.transpose()?.flatten().map_or_else(|| "null".to_owned(), |tree| to_json(&tree)))
}

pub(crate) fn to_json(tree: &Tree) -> String {
    let mut out = String::new();
    if let Some(root) = tree.root() {
        write_json(root, &mut out);
    }
    out
}

/// Every value with its place: `2:3 a.b "x"`, containers as `{}` and `[]`.
pub(crate) fn places(tree: &Tree) -> String {
    fn add(node: Node<'_>, out: &mut String) {
        let (at, path) = (node.position(), node.path());
        let text = match node.kind() {
            ks_object::Kind::Map => "{}".to_owned(),
            ks_object::Kind::Seq => "[]".to_owned(),
            ks_object::Kind::Null => "null".to_owned(),
            ks_object::Kind::Str => format!("{:?}", node.text()),
            _ => node.text().to_owned(),
        };
        let space = if path.as_str().is_empty() { "" } else { " " };
        writeln!(out, "{}:{} {path}{space}{text}", at.line, at.column).unwrap();
        node.children().for_each(|child| add(child, out));
    }
    let mut out = String::new();
    if let Some(root) = tree.root() {
        add(root, &mut out);
    }
    out
}
