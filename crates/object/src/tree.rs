//! One parsed document in two allocations.

use crate::Node;

/// The type of a value, after Kubernetes' reading of scalars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `null`, `~` or nothing at all.
    Null,
    /// `true` or `false`; the text is one of the two.
    Bool,
    /// A whole number; the text is its decimal form.
    Int,
    /// Any other number; the text is its JSON form.
    Float,
    /// A text.
    Str,
    /// A sequence.
    Seq,
    /// A mapping.
    Map,
}

/// A place in a file, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Position {
    /// Line, from 1; 0 when unknown.
    pub line: u32,
    /// Column, from 1; 0 when unknown.
    pub column: u32,
}

impl Position {
    /// A position from its two numbers.
    #[must_use]
    pub const fn new(line: u32, column: u32) -> Self {
        Self { line, column }
    }
}

/// A stretch of the tree's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) len: u32,
}

/// One value. Slots stand in document order, so a container's children follow it and `end` skips them.
#[derive(Debug, Clone)]
pub(crate) struct Slot {
    pub(crate) kind: Kind,
    /// Whether `key` names a map entry; otherwise `key.start` is the index in a sequence.
    pub(crate) keyed: bool,
    /// Only while building: not part of the finished tree.
    pub(crate) hidden: bool,
    pub(crate) parent: u32,
    pub(crate) end: u32,
    pub(crate) key: Span,
    pub(crate) text: Span,
    pub(crate) position: Position,
}

/// One parsed document.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    pub(crate) text: String,
    pub(crate) slots: Vec<Slot>,
}

impl Tree {
    /// The document's root value, `None` for an empty tree.
    #[must_use]
    pub fn root(&self) -> Option<Node<'_>> {
        (!self.slots.is_empty()).then(|| Node::new(self, 0))
    }

    /// The value at an index that the builder gave ([`crate::Builder::next_index`] before it was added).
    #[must_use]
    pub fn node(&self, at: u32) -> Option<Node<'_>> {
        ((at as usize) < self.slots.len()).then(|| Node::new(self, at))
    }

    /// Bytes this tree holds on to.
    #[must_use]
    pub fn size(&self) -> usize {
        self.text.capacity() + self.slots.capacity() * size_of::<Slot>()
    }

    pub(crate) fn slice(&self, span: Span) -> &str {
        &self.text[span.start as usize..(span.start + span.len) as usize]
    }
}
