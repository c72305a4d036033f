//! Paths as reports print them: `spec.containers[0].image`, `metadata.labels[app]`.

use crate::Node;
use std::fmt;

/// A path from a document's root. Built from a [`Node`] and extended step by step for what is absent.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Path(String);

/// How far a path led.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// The deepest value that exists.
    pub node: Node<'a>,
    /// Whether the whole path exists.
    pub whole: bool,
}

pub(crate) enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl Path {
    /// The document itself: an empty path.
    #[must_use]
    pub const fn root() -> Self {
        Self(String::new())
    }

    /// A path whose text is given, for the few that are no path into the object.
    #[must_use]
    pub fn verbatim(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// This path, then a field: `.name`.
    #[must_use]
    pub fn key(mut self, name: &str) -> Self {
        if !self.0.is_empty() {
            self.0.push('.');
        }
        self.0.push_str(name);
        self
    }

    /// This path, then several fields separated by dots.
    #[must_use]
    pub fn fields(self, names: &str) -> Self {
        self.key(names)
    }

    /// This path, then an element: `[3]`.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        use fmt::Write;
        let _ = write!(self.0, "[{index}]");
        self
    }

    /// This path, then a map key in brackets: `[app.kubernetes.io/name]`, as labels and data keys are written.
    #[must_use]
    pub fn bracket(mut self, key: &str) -> Self {
        self.0.push('[');
        self.0.push_str(key);
        self.0.push(']');
        self
    }

    /// The path's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, taken out.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }

    /// Splits a path's text. A bracket that holds no number is a key and may have dots in it.
    pub(crate) fn steps(text: &str) -> impl Iterator<Item = Step<'_>> {
        let mut rest = text;
        std::iter::from_fn(move || {
            rest = rest.strip_prefix('.').unwrap_or(rest);
            if rest.is_empty() {
                return None;
            }
            if let Some(inner) = rest.strip_prefix('[')
                && let Some(close) = inner.find(']')
            {
                let (step, tail) = (&inner[..close], &inner[close + 1..]);
                rest = tail;
                return Some(step.parse().map_or(Step::Key(step), Step::Index));
            }
            let end = rest.find(['.', '[']).filter(|&end| end > 0).unwrap_or(rest.len());
            let (step, tail) = rest.split_at(end);
            rest = tail;
            Some(Step::Key(step))
        })
    }
}

impl serde::Serialize for Path {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
