//! YAML as `sigs.k8s.io/yaml` reads and writes it: through JSON, keys sorted, lists not indented, lines not folded.

mod emit;

pub use emit::write;
pub(crate) use emit::write_pretty;

use crate::error::Failure;
use crate::map::Map;
use crate::value::Value;
use ks_object::{Kind, Node};
use ks_yaml::{Limits, Problem};

const LIMITS: Limits = Limits { max_depth: 500, max_values: 5_000_000 };

/// Reads the first document of a YAML text. Numbers become `float64`; of a key that is given twice the last wins.
///
/// # Errors
/// When the text is not YAML, in the words of Go's parser where they are known.
pub fn parse(text: &str) -> Result<Value, Failure> {
    match ks_yaml::decode(text, LIMITS) {
        Ok(Some(tree)) => Ok(tree.root().map_or(Value::Nil, value)),
        Ok(None) => Ok(Value::Nil),
        Err(problem) => Err(Failure::new(format!("error converting YAML to JSON: yaml: {}", explain(&problem)))),
    }
}

/// The value of a tree, with all numbers as `float64`.
#[must_use]
pub fn value(node: Node<'_>) -> Value {
    match node.kind() {
        Kind::Null => Value::Nil,
        Kind::Bool => Value::Bool(node.text() == "true"),
        Kind::Int | Kind::Float => Value::Float(node.text().parse().unwrap_or_default()),
        Kind::Str => Value::str(node.text()),
        Kind::Seq => Value::list(node.items().map(value).collect()),
        Kind::Map => {
            let map = Map::new();
            for (key, entry) in node.entries() {
                map.set(key, value(entry));
            }
            Value::Map(map)
        }
    }
}

/// Go's words for what our reader says.
fn explain(problem: &Problem) -> String {
    let known = [
        ("a `:` stands where", "mapping values are not allowed in this context"),
        ("a tab stands", "found character that cannot start any token"),
        ("a text cannot begin with", "found character that cannot start any token"),
        ("a quoted text is not closed", "found unexpected end of stream"),
        ("a line is no `key: value`", "could not find expected ':'"),
        ("list items and other lines", "did not find expected '-' indicator"),
        ("an alias names an anchor", "unknown anchor referenced"),
        ("a double-quoted text has an unknown escape", "found unknown escape character"),
    ];
    let found = known.iter().find(|(ours, _)| problem.message.starts_with(ours));
    let message = found.map_or(problem.message.as_str(), |(_, theirs)| theirs);
    if problem.line > 1 { format!("line {}: {message}", problem.line) } else { message.to_owned() }
}
