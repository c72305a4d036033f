//! Maps that are shared by reference, as Go's are.

use crate::value::Value;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

/// A map with texts as keys. A copy is the same map: what one holder sets, all others see.
#[derive(Clone)]
pub struct Map {
    kind: MapKind,
    entries: Rc<RefCell<Entries>>,
}

#[derive(Default)]
struct Entries(BTreeMap<Rc<str>, Value>);

impl Drop for Entries {
    fn drop(&mut self) {
        crate::release::release(std::mem::take(&mut self.0).into_values());
    }
}

/// The Go type of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MapKind {
    /// `map[string]interface {}`
    Any,
    /// `map[string]string`
    Strings,
    /// A named type with methods of its own whose name is given, such as `chartutil.Values`.
    Named(&'static str),
}

impl MapKind {
    /// The name of the type in Go.
    #[must_use]
    pub const fn type_name(self) -> &'static str {
        match self {
            Self::Any => "map[string]interface {}",
            Self::Strings => "map[string]string",
            Self::Named(name) => name,
        }
    }
}

impl Map {
    /// An empty `map[string]interface {}`.
    #[must_use]
    pub fn new() -> Self {
        Self::of(MapKind::Any)
    }

    /// An empty map of this type.
    #[must_use]
    pub fn of(kind: MapKind) -> Self {
        Self { kind, entries: Rc::default() }
    }

    /// A map with these entries.
    pub fn from_entries<K: AsRef<str>>(kind: MapKind, entries: impl IntoIterator<Item = (K, Value)>) -> Self {
        let map = Self::of(kind);
        for (key, value) in entries {
            map.set(key.as_ref(), value);
        }
        map
    }

    /// Its Go type.
    #[must_use]
    pub fn kind(&self) -> MapKind {
        self.kind
    }

    /// The very same map under another type.
    #[must_use]
    pub fn as_kind(&self, kind: MapKind) -> Self {
        Self { kind, entries: self.entries.clone() }
    }

    /// The value under a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Value> {
        self.entries.borrow().0.get(key).cloned()
    }

    /// Whether there is such a key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.entries.borrow().0.contains_key(key)
    }

    /// Sets a key, for every holder of this map.
    pub fn set(&self, key: impl AsRef<str>, value: Value) {
        self.insert(Rc::from(key.as_ref()), value);
    }

    /// Sets a key that is shared already.
    pub fn insert(&self, key: Rc<str>, value: Value) {
        let old = self.entries.borrow_mut().0.insert(key, value.stored());
        drop(old);
    }

    /// Removes a key.
    pub fn remove(&self, key: &str) -> Option<Value> {
        self.entries.borrow_mut().0.remove(key)
    }

    /// How many keys it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.borrow().0.len()
    }

    /// Whether it has no key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.borrow().0.is_empty()
    }

    /// The keys in byte order.
    #[must_use]
    pub fn keys(&self) -> Vec<Rc<str>> {
        self.entries.borrow().0.keys().cloned().collect()
    }

    /// The entries in byte order of the keys, as they are now.
    #[must_use]
    pub fn entries(&self) -> Vec<(Rc<str>, Value)> {
        self.entries.borrow().0.iter().map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    /// Whether both are the very same map.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.entries, &other.entries)
    }

    /// Another map with the same entries; what they hold is shared.
    #[must_use]
    pub fn shallow_copy(&self, kind: MapKind) -> Self {
        Self { kind, entries: Rc::new(RefCell::new(Entries(self.entries.borrow().0.clone()))) }
    }
}

impl Default for Map {
    fn default() -> Self {
        Self::new()
    }
}

/// Keys only: a map may hold itself.
impl fmt::Debug for Map {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.keys()).finish()
    }
}
