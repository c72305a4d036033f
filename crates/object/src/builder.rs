//! Builds a [`Tree`] from parser events.

use crate::Node;
use crate::tree::{Kind, Position, Slot, Span, Tree};
use rustc_hash::FxHashMap;

/// Builds a [`Tree`] in document order: containers are begun and ended, a key precedes each map value.
#[derive(Debug, Default)]
pub struct Builder {
    tree: Tree,
    open: Vec<Open>,
    key: Option<Span>,
    hidden: bool,
    /// Texts that are in the tree already, when equal texts are stored once.
    known: Option<FxHashMap<Box<str>, Span>>,
}

#[derive(Debug)]
struct Open {
    at: u32,
    children: u32,
}

impl Builder {
    /// An empty builder with room for a document of `bytes` bytes.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        Self {
            tree: Tree { text: String::with_capacity(bytes), slots: Vec::with_capacity(bytes / 16) },
            open: Vec::new(),
            key: None,
            hidden: false,
            known: None,
        }
    }

    /// An empty builder that stores equal texts once: for many small values in one tree.
    #[must_use]
    pub fn sharing() -> Self {
        Self { known: Some(FxHashMap::default()), ..Self::default() }
    }

    /// The key of the map value that comes next.
    pub fn key(&mut self, text: &str) {
        self.key = Some(self.store(text));
    }

    /// A scalar. The text of a `Bool`, `Int` or `Float` is its JSON form; of a `Null` it is empty.
    pub fn scalar(&mut self, kind: Kind, text: &str, position: Position) {
        let text = self.store(text);
        self.push(kind, text, position);
    }

    /// Begins a mapping.
    pub fn begin_map(&mut self, position: Position) {
        self.begin(Kind::Map, position);
    }

    /// Begins a sequence.
    pub fn begin_seq(&mut self, position: Position) {
        self.begin(Kind::Seq, position);
    }

    /// Ends the innermost open mapping or sequence.
    pub fn end(&mut self) {
        if let Some(open) = self.open.pop() {
            self.tree.slots[open.at as usize].end = self.next_index();
        }
    }

    /// How many containers are open.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// How many values were added so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tree.slots.len()
    }

    /// Whether nothing was added yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tree.slots.is_empty()
    }

    /// The index that the next value will have; a handle for [`Builder::copy`].
    #[must_use]
    pub fn next_index(&self) -> u32 {
        u32::try_from(self.tree.slots.len()).unwrap_or(u32::MAX)
    }

    /// Adds the value that stands at `from` (an earlier [`Builder::next_index`]) once more: a YAML alias.
    /// Its parts keep their positions, so a finding in an aliased block points at the anchor.
    pub fn copy(&mut self, from: u32) {
        let source = self.tree.slots[from as usize].clone();
        let (first, last) = (from as usize, source.end as usize);
        let shift = self.next_index() - from;
        self.push(source.kind, source.text, source.position);
        let root = self.tree.slots.len() - 1;
        for at in first + 1..last {
            let mut slot = self.tree.slots[at].clone();
            slot.parent += shift;
            slot.end += shift;
            self.tree.slots.push(slot);
        }
        self.tree.slots[root].end = self.next_index();
    }

    /// Adds the map field that stands at `from` once more, under the same key: a part of a YAML merge.
    pub fn copy_field(&mut self, from: u32) {
        self.key = Some(self.tree.slots[from as usize].key);
        self.copy(from);
    }

    /// Adds a value of another tree with everything below it. Positions stay as they are.
    pub fn add(&mut self, node: Node<'_>) {
        let (source, from) = node.parts();
        let first = &source.slots[from as usize];
        let (end, shift) = (first.end, self.next_index());
        let text = self.store(source.slice(first.text));
        self.push(first.kind, text, first.position);
        for slot in &source.slots[from as usize + 1..end as usize] {
            let key = if slot.keyed { self.store(source.slice(slot.key)) } else { slot.key };
            let text = self.store(source.slice(slot.text));
            let (parent, end) = (slot.parent - from + shift, slot.end - from + shift);
            self.tree.slots.push(Slot { parent, end, key, text, ..slot.clone() });
        }
        self.tree.slots[shift as usize].end = end - from + shift;
    }

    /// The type of the value at `at`.
    #[must_use]
    pub fn kind(&self, at: u32) -> Kind {
        self.tree.slots[at as usize].kind
    }

    /// The text of the scalar at `at`.
    #[must_use]
    pub fn text(&self, at: u32) -> &str {
        self.tree.slice(self.tree.slots[at as usize].text)
    }

    /// The key of the map field at `at`.
    #[must_use]
    pub fn key_of(&self, at: u32) -> &str {
        self.tree.slice(self.tree.slots[at as usize].key)
    }

    /// How many values stand at and below `at`, which must not be open any more.
    #[must_use]
    pub fn size(&self, at: u32) -> u32 {
        self.tree.slots[at as usize].end - at
    }

    /// The first value below the container at `at` that is not hidden.
    #[must_use]
    pub fn first_child(&self, at: u32) -> Option<u32> {
        self.visible(at + 1, self.tree.slots[at as usize].end)
    }

    /// The value that follows `at` below the same container and is not hidden.
    #[must_use]
    pub fn next_sibling(&self, at: u32) -> Option<u32> {
        let slot = &self.tree.slots[at as usize];
        self.visible(slot.end, self.tree.slots[slot.parent as usize].end)
    }

    /// Takes the map field at `at` out of the finished tree. Until then it can be copied from.
    pub fn hide(&mut self, at: u32) {
        self.tree.slots[at as usize].hidden = true;
        self.hidden = true;
    }

    /// Says where the value at `at` stands, when that was not known before.
    pub fn place(&mut self, at: u32, position: Position) {
        self.tree.slots[at as usize].position = position;
    }

    /// Whether the innermost open mapping has this key already. Looks at every key: for small maps.
    #[must_use]
    pub fn has_key(&self, key: &str) -> bool {
        let Some(open) = self.open.last() else { return false };
        Node::new(&self.tree, open.at).get_open(key, self.next_index())
    }

    /// The finished tree.
    #[must_use]
    pub fn finish(mut self) -> Tree {
        while !self.open.is_empty() {
            self.end();
        }
        if self.hidden {
            self.drop_hidden();
        }
        self.tree.text.shrink_to_fit();
        self.tree.slots.shrink_to_fit();
        self.tree
    }

    fn visible(&self, mut at: u32, end: u32) -> Option<u32> {
        while at < end {
            let slot = &self.tree.slots[at as usize];
            if !slot.hidden {
                return Some(at);
            }
            at = slot.end;
        }
        None
    }

    fn drop_hidden(&mut self) {
        let slots = std::mem::take(&mut self.tree.slots);
        // For each old index, how many values before it stay: its new index.
        let mut kept = Vec::with_capacity(slots.len() + 1);
        let (mut stay, mut hidden_to) = (0, 0);
        for (at, slot) in (0..).zip(&slots) {
            kept.push(stay);
            if slot.hidden {
                hidden_to = hidden_to.max(slot.end);
            }
            stay += u32::from(at >= hidden_to);
        }
        kept.push(stay);
        self.tree.slots.reserve_exact(stay as usize);
        for (at, mut slot) in slots.into_iter().enumerate() {
            if kept[at + 1] > kept[at] {
                slot.parent = kept[slot.parent as usize];
                slot.end = kept[slot.end as usize];
                self.tree.slots.push(slot);
            }
        }
    }

    fn begin(&mut self, kind: Kind, position: Position) {
        let at = self.next_index();
        self.push(kind, Span::default(), position);
        self.open.push(Open { at, children: 0 });
    }

    fn push(&mut self, kind: Kind, text: Span, position: Position) {
        let index = self.next_index();
        let (parent, key, keyed) = match self.open.last_mut() {
            None => (index, Span::default(), false),
            Some(open) => {
                let child = open.children;
                open.children += 1;
                match self.key.take() {
                    Some(key) => (open.at, key, true),
                    None => (open.at, Span { start: child, len: 0 }, false),
                }
            }
        };
        self.tree.slots.push(Slot { kind, keyed, hidden: false, parent, end: index + 1, key, text, position });
    }

    fn store(&mut self, text: &str) -> Span {
        if let Some(span) = self.known.as_ref().and_then(|known| known.get(text)) {
            return *span;
        }
        let start = u32::try_from(self.tree.text.len()).unwrap_or(u32::MAX);
        self.tree.text.push_str(text);
        let span = Span { start, len: u32::try_from(text.len()).unwrap_or(u32::MAX) };
        if let Some(known) = &mut self.known {
            known.insert(text.into(), span);
        }
        span
    }
}
