//! Values of templates, with the types that Go gives them.

use crate::map::{Map, MapKind};
use crate::object::Object;
use std::borrow::Cow;
use std::rc::Rc;

/// A value that a template works on. Cheap to copy: texts, lists and maps are shared, and maps are shared by
/// reference, so that `set` on one name is seen through every other.
#[derive(Debug, Clone)]
pub enum Value {
    /// Nothing at all: what a missing field evaluates to. Prints as `<no value>`.
    NoValue,
    /// `nil` in an interface: what `null` in YAML is.
    Nil,
    /// A boolean.
    Bool(bool),
    /// A whole number and its Go type.
    Int(i64, IntKind),
    /// A `float64`: every number that comes from YAML or JSON.
    Float(f64),
    /// An imaginary literal such as `1i`.
    Complex(f64),
    /// A text.
    Str(Rc<str>),
    /// A `string` that is not valid UTF-8, such as half of a character or a binary file.
    Raw(Rc<[u8]>),
    /// A `[]byte`.
    Bytes(Rc<[u8]>),
    /// A list.
    List(Rc<List>),
    /// A map with texts as keys.
    Map(Map),
    /// A Go struct with fields and methods.
    Object(Rc<dyn Object>),
}

/// The Go type of a whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntKind {
    /// `int`: literals, `len`, `int`.
    Int,
    /// `int64`: results of arithmetic.
    Int64,
    /// `uint32`: checksums.
    Uint32,
    /// `uint64`: parts of versions.
    Uint64,
    /// `uint8`: bytes of a text.
    Uint8,
    /// `time.Duration`.
    Duration,
}

impl IntKind {
    /// The name of the type in Go.
    #[must_use]
    pub const fn type_name(self) -> &'static str {
        match self {
            Self::Int => "int",
            Self::Int64 => "int64",
            Self::Uint32 => "uint32",
            Self::Uint64 => "uint64",
            Self::Uint8 => "uint8",
            Self::Duration => "time.Duration",
        }
    }

    const fn kind_name(self) -> &'static str {
        match self {
            Self::Duration => "int64",
            other => other.type_name(),
        }
    }
}

/// The elements of a list and the Go type of the list.
#[derive(Debug, Clone)]
pub struct List {
    /// The elements.
    pub items: Vec<Value>,
    /// Their Go type.
    pub kind: ListKind,
}

impl Drop for List {
    fn drop(&mut self) {
        crate::release::release(self.items.drain(..));
    }
}

/// The Go type of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKind {
    /// `[]interface {}`
    Any,
    /// `[]string`
    Strings,
    /// `[]int`
    Ints,
    /// A list of lists: `[][]interface {}`.
    Lists,
    /// A list of pointers to structs.
    Objects,
}

impl ListKind {
    /// The name of the type in Go.
    #[must_use]
    pub const fn type_name(self) -> &'static str {
        match self {
            Self::Any => "[]interface {}",
            Self::Strings => "[]string",
            Self::Ints => "[]int",
            Self::Lists => "[][]interface {}",
            Self::Objects => "[]*struct",
        }
    }
}

impl Value {
    /// A text.
    #[must_use]
    pub fn str(text: impl AsRef<str>) -> Self {
        Self::Str(Rc::from(text.as_ref()))
    }

    /// An `int`.
    #[must_use]
    pub const fn int(value: i64) -> Self {
        Self::Int(value, IntKind::Int)
    }

    /// An `int64`.
    #[must_use]
    pub const fn int64(value: i64) -> Self {
        Self::Int(value, IntKind::Int64)
    }

    /// A `[]interface {}`.
    #[must_use]
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(Rc::new(List { items, kind: ListKind::Any }))
    }

    /// A list of this Go type.
    #[must_use]
    pub fn list_of(kind: ListKind, items: Vec<Self>) -> Self {
        Self::List(Rc::new(List { items, kind }))
    }

    /// A `[]string`.
    pub fn strings<T: AsRef<str>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::list_of(ListKind::Strings, items.into_iter().map(Self::str).collect())
    }

    /// A text from bytes, whether they are UTF-8 or not.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::str(text),
            Err(_) => Self::Raw(Rc::from(bytes)),
        }
    }

    /// Whether it is nothing or nil.
    #[must_use]
    pub const fn is_nil(&self) -> bool {
        matches!(self, Self::NoValue | Self::Nil)
    }

    /// Whether `if` takes it for true.
    #[must_use]
    pub fn truth(&self) -> bool {
        match self {
            Self::NoValue | Self::Nil => false,
            Self::Bool(value) => *value,
            Self::Int(value, _) => *value != 0,
            Self::Float(value) | Self::Complex(value) => *value != 0.0,
            Self::Str(text) => !text.is_empty(),
            Self::Raw(bytes) | Self::Bytes(bytes) => !bytes.is_empty(),
            Self::List(list) => !list.items.is_empty(),
            Self::Map(map) => !map.is_empty(),
            Self::Object(object) => object.truth(),
        }
    }

    /// The text of a `string`; of one that is not UTF-8, with replacement characters.
    #[must_use]
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Str(text) => Some(Cow::Borrowed(text)),
            Self::Raw(bytes) => Some(String::from_utf8_lossy(bytes)),
            _ => None,
        }
    }

    /// The bytes of a `string` or `[]byte`.
    #[must_use]
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Str(text) => Some(text.as_bytes()),
            Self::Raw(bytes) | Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The map in it.
    #[must_use]
    pub const fn as_map(&self) -> Option<&Map> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The elements of a list.
    #[must_use]
    pub fn items(&self) -> Option<&[Self]> {
        match self {
            Self::List(list) => Some(&list.items),
            _ => None,
        }
    }

    /// The name of the Go type, as `%T` prints it.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::NoValue | Self::Nil => "<nil>",
            Self::Bool(_) => "bool",
            Self::Int(_, kind) => kind.type_name(),
            Self::Float(_) => "float64",
            Self::Complex(_) => "complex128",
            Self::Str(_) | Self::Raw(_) => "string",
            Self::Bytes(_) => "[]uint8",
            Self::List(list) => list.kind.type_name(),
            Self::Map(map) => map.kind().type_name(),
            Self::Object(object) => object.type_name(),
        }
    }

    /// The name of the Go kind: `map`, `slice`, `string`, …; `invalid` for nil.
    #[must_use]
    pub fn kind_name(&self) -> &'static str {
        match self {
            Self::NoValue | Self::Nil => "invalid",
            Self::Bool(_) => "bool",
            Self::Int(_, kind) => kind.kind_name(),
            Self::Float(_) => "float64",
            Self::Complex(_) => "complex128",
            Self::Str(_) | Self::Raw(_) => "string",
            Self::Bytes(_) | Self::List(_) => "slice",
            Self::Map(_) => "map",
            Self::Object(object) => object.kind_name(),
        }
    }

    /// What is stored in a map or list: nothing becomes nil.
    #[must_use]
    pub fn stored(self) -> Self {
        match self {
            Self::NoValue => Self::Nil,
            other => other,
        }
    }

    /// A map as `dict` makes it.
    pub fn dict<K: AsRef<str>>(entries: impl IntoIterator<Item = (K, Self)>) -> Self {
        Self::Map(Map::from_entries(MapKind::Any, entries))
    }

    /// Deep equality as Go's `reflect.DeepEqual` has it: types count.
    #[must_use]
    pub fn deep_equal(&self, other: &Self) -> bool {
        self.equal_at(other, 0)
    }

    fn equal_at(&self, other: &Self, depth: usize) -> bool {
        if depth > crate::limits::MAX_NESTING {
            return false;
        }
        match (self, other) {
            (Self::NoValue | Self::Nil, Self::NoValue | Self::Nil) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a, x), Self::Int(b, y)) => a == b && x == y,
            (Self::Float(a), Self::Float(b)) | (Self::Complex(a), Self::Complex(b)) => a == b,
            (Self::Str(a), Self::Str(b)) => a == b,
            (Self::Raw(a), Self::Raw(b)) | (Self::Bytes(a), Self::Bytes(b)) => a == b,
            (Self::List(a), Self::List(b)) => {
                Rc::ptr_eq(a, b)
                    || (a.kind == b.kind
                        && a.items.len() == b.items.len()
                        && a.items.iter().zip(&b.items).all(|(a, b)| a.equal_at(b, depth + 1)))
            }
            (Self::Map(a), Self::Map(b)) => {
                a.is_same(b)
                    || (a.kind() == b.kind()
                        && a.len() == b.len()
                        && a.entries()
                            .iter()
                            .all(|(key, value)| b.get(key).is_some_and(|theirs| value.equal_at(&theirs, depth + 1))))
            }
            (Self::Object(a), Self::Object(b)) => {
                Rc::ptr_eq(a, b) || (a.type_name() == b.type_name() && a.print() == b.print())
            }
            _ => false,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::str(text)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Str(Rc::from(text))
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}
