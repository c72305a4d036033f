//! Keeps the few fields of an object that a question over many objects needs.

use crate::{Builder, Kind, Node, Tree};

/// A set of fields to keep. `apiVersion`, `kind`, `metadata.name` and `metadata.namespace` are always kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    whole: bool,
    below: Vec<(String, Fields)>,
}

impl Fields {
    /// The fields by which every object is known.
    #[must_use]
    pub fn header() -> Self {
        let mut fields = Self::default();
        for path in ["apiVersion", "kind", "metadata.name", "metadata.namespace"] {
            fields.add(path);
        }
        fields
    }

    /// Keeps everything.
    #[must_use]
    pub fn all() -> Self {
        Self { whole: true, below: Vec::new() }
    }

    /// Adds a field by its dotted path; sequences on the way are walked. An empty path keeps everything.
    pub fn add(&mut self, path: &str) {
        if self.whole {
            return;
        }
        if path.is_empty() {
            self.whole = true;
            self.below.clear();
            return;
        }
        let (key, rest) = path.split_once('.').unwrap_or((path, ""));
        let at = match self.below.iter().position(|(name, _)| name == key) {
            Some(at) => at,
            None => {
                self.below.push((key.to_owned(), Self::default()));
                self.below.len() - 1
            }
        };
        self.below[at].1.add(rest);
    }

    /// A copy of the value with these fields alone. Elements of sequences keep their index.
    #[must_use]
    pub fn prune(&self, node: Node<'_>) -> Tree {
        let mut builder = Builder::with_capacity(512);
        self.copy(node, &mut builder);
        builder.finish()
    }

    /// Adds such a copy to a builder and says at which index.
    pub fn prune_into(&self, node: Node<'_>, into: &mut Builder) -> u32 {
        let at = into.next_index();
        self.copy(node, into);
        at
    }

    fn copy(&self, node: Node<'_>, into: &mut Builder) {
        match node.kind() {
            Kind::Map => {
                into.begin_map(node.position());
                for (key, value) in node.entries() {
                    let below = if self.whole { Some(self) } else { self.field(key) };
                    if let Some(below) = below {
                        into.key(key);
                        below.copy(value, into);
                    }
                }
                into.end();
            }
            Kind::Seq => {
                into.begin_seq(node.position());
                for item in node.items() {
                    self.copy(item, into);
                }
                into.end();
            }
            kind => into.scalar(kind, node.text(), node.position()),
        }
    }

    fn field(&self, key: &str) -> Option<&Self> {
        self.below.iter().find(|(name, _)| name == key).map(|(_, fields)| fields)
    }
}
