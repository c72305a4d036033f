//! A cursor into a [`Tree`].

use crate::Builder;
use crate::path::{Found, Path, Step};
use crate::tree::{Kind, Position, Slot, Tree};

/// A value in a [`Tree`]: two words, free to copy.
#[derive(Debug, Clone, Copy)]
pub struct Node<'a> {
    tree: &'a Tree,
    at: u32,
}

impl<'a> Node<'a> {
    pub(crate) const fn new(tree: &'a Tree, at: u32) -> Self {
        Self { tree, at }
    }

    pub(crate) const fn parts(self) -> (&'a Tree, u32) {
        (self.tree, self.at)
    }

    /// A tree of its own with a copy of this value. Positions stay as they are.
    #[must_use]
    pub fn to_tree(self) -> Tree {
        let mut builder = Builder::with_capacity(512);
        builder.add(self);
        builder.finish()
    }

    fn slot(self) -> &'a Slot {
        &self.tree.slots[self.at as usize]
    }

    /// The type of the value.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.slot().kind
    }

    /// The value of a map's field; `None` when this is no map or has no such field.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Node<'a>> {
        if self.kind() != Kind::Map {
            return None;
        }
        self.children().find(|child| child.key_bytes() == key.as_bytes())
    }

    /// The value below several fields.
    #[must_use]
    pub fn at(self, keys: &[&str]) -> Option<Node<'a>> {
        keys.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The text of a field that holds a string.
    #[must_use]
    pub fn str_at(self, keys: &[&str]) -> Option<&'a str> {
        self.at(keys)?.str()
    }

    /// The element of a sequence at `index`.
    #[must_use]
    pub fn item(self, index: usize) -> Option<Node<'a>> {
        self.items().nth(index)
    }

    /// The elements of a sequence; nothing for any other value.
    pub fn items(self) -> impl Iterator<Item = Node<'a>> + use<'a> {
        let end = if self.kind() == Kind::Seq { self.slot().end } else { self.at };
        Children { tree: self.tree, next: self.at + 1, end }
    }

    /// The fields of a map in the order of the document; nothing for any other value.
    pub fn entries(self) -> impl Iterator<Item = (&'a str, Node<'a>)> + use<'a> {
        let end = if self.kind() == Kind::Map { self.slot().end } else { self.at };
        Children { tree: self.tree, next: self.at + 1, end }.map(|child| (child.tree.slice(child.slot().key), child))
    }

    /// The values of a map or the elements of a sequence.
    pub fn children(self) -> impl Iterator<Item = Node<'a>> + use<'a> {
        Children { tree: self.tree, next: self.at + 1, end: self.slot().end }
    }

    /// How many fields or elements a container has; 0 for a scalar.
    #[must_use]
    pub fn len(self) -> usize {
        self.children().count()
    }

    /// Whether a container has nothing in it. True for scalars, too.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.slot().end == self.at + 1
    }

    /// The text of a string value; `None` for every other kind.
    #[must_use]
    pub fn str(self) -> Option<&'a str> {
        (self.kind() == Kind::Str).then(|| self.text())
    }

    /// The text of any scalar: a string as it is, numbers and booleans in JSON form, empty for null and containers.
    #[must_use]
    pub fn text(self) -> &'a str {
        self.tree.slice(self.slot().text)
    }

    /// The value of a boolean.
    #[must_use]
    pub fn bool(self) -> Option<bool> {
        (self.kind() == Kind::Bool).then(|| self.text() == "true")
    }

    /// The value of a whole number. A float without a fraction counts.
    #[must_use]
    pub fn int(self) -> Option<i64> {
        match self.kind() {
            Kind::Int => self.text().parse().ok(),
            #[expect(clippy::cast_possible_truncation, reason = "only whole floats in range get here")]
            Kind::Float => self.float().filter(|f| f.fract() == 0.0 && f.abs() < 9e15).map(|f| f as i64),
            _ => None,
        }
    }

    /// The value of any number.
    #[must_use]
    pub fn float(self) -> Option<f64> {
        matches!(self.kind(), Kind::Int | Kind::Float).then(|| self.text().parse().ok()).flatten()
    }

    /// Whether the value is anything but `false`: the truth of policy languages, where `null`, 0 and "" are true.
    #[must_use]
    pub fn truthy(self) -> bool {
        self.bool() != Some(false)
    }

    /// Whether the value is exactly this boolean.
    #[must_use]
    pub fn is(self, value: bool) -> bool {
        self.bool() == Some(value)
    }

    /// Whether the value is `null`.
    #[must_use]
    pub fn is_null(self) -> bool {
        self.kind() == Kind::Null
    }

    /// Whether a list of strings has this one.
    #[must_use]
    pub fn contains(self, text: &str) -> bool {
        self.items().any(|item| item.str() == Some(text))
    }

    /// The key under which a map holds this value.
    #[must_use]
    pub fn key(self) -> Option<&'a str> {
        let slot = self.slot();
        slot.keyed.then(|| self.tree.slice(slot.key))
    }

    /// The index at which a sequence holds this value.
    #[must_use]
    pub fn index(self) -> Option<usize> {
        let slot = self.slot();
        (!slot.keyed && slot.parent != self.at).then_some(slot.key.start as usize)
    }

    /// The container that holds this value; `None` for the root.
    #[must_use]
    pub fn parent(self) -> Option<Node<'a>> {
        let parent = self.slot().parent;
        (parent != self.at).then_some(Node { tree: self.tree, at: parent })
    }

    /// Where the value begins in its file; of a block mapping, where its first key stands.
    #[must_use]
    pub fn position(self) -> Position {
        self.slot().position
    }

    /// The path from the document's root to this value.
    #[must_use]
    pub fn path(self) -> Path {
        let mut steps = Vec::new();
        let mut node = self;
        while let Some(parent) = node.parent() {
            steps.push(node);
            node = parent;
        }
        let mut path = Path::root();
        for step in steps.into_iter().rev() {
            path = match step.key() {
                Some(key) => path.key(key),
                None => path.index(step.index().unwrap_or_default()),
            };
        }
        path
    }

    /// Follows a path's text as far as the document goes.
    #[must_use]
    pub fn find(self, path: &str) -> Found<'a> {
        let mut node = self;
        for step in Path::steps(path) {
            let next = match step {
                Step::Index(index) => node.item(index).or_else(|| node.get(&index.to_string())),
                Step::Key(key) => node.get(key),
            };
            match next {
                Some(next) => node = next,
                None => return Found { node, whole: false },
            }
        }
        Found { node, whole: true }
    }

    pub(crate) fn get_open(self, key: &str, end: u32) -> bool {
        Children { tree: self.tree, next: self.at + 1, end }.any(|child| child.key_bytes() == key.as_bytes())
    }

    fn key_bytes(self) -> &'a [u8] {
        self.tree.slice(self.slot().key).as_bytes()
    }
}

/// Equal as JSON values: key order and positions do not count, 1 and 1.0 are equal.
impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self.kind(), other.kind()) {
            (Kind::Map, Kind::Map) => {
                self.len() == other.len()
                    && self.entries().all(|(key, value)| other.get(key).is_some_and(|theirs| theirs == value))
            }
            (Kind::Seq, Kind::Seq) => self.len() == other.len() && self.items().zip(other.items()).all(|(a, b)| a == b),
            (Kind::Int | Kind::Float, Kind::Int | Kind::Float) => self.float() == other.float(),
            (a, b) => a == b && self.text() == other.text(),
        }
    }
}

struct Children<'a> {
    tree: &'a Tree,
    next: u32,
    end: u32,
}

impl<'a> Iterator for Children<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        if self.next >= self.end {
            return None;
        }
        let node = Node { tree: self.tree, at: self.next };
        self.next = node.slot().end;
        Some(node)
    }
}
