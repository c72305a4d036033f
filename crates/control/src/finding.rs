//! What a check says.

use ks_object::{Container, Fields, Object, Path, to_json};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Paths into one object, by what is to be done there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paths {
    /// Fields that are wrong.
    pub failed: Vec<Path>,
    /// Fields that deleting would mend.
    pub delete: Vec<Path>,
    /// Fields for a person to look at.
    pub review: Vec<Path>,
    /// Fields that setting would mend.
    pub fix: Vec<Fix>,
}

/// A value that would mend a finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fix {
    /// Where to set it.
    pub path: Path,
    /// The value, as text. One that begins with `YOUR_` or `<` is for a person to choose.
    pub value: String,
}

/// Another object that takes part in a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Its handle.
    pub object: u32,
    /// Paths into it.
    pub paths: Paths,
}

/// One thing that is wrong. Made with the builder methods and pushed into a [`crate::Sink`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Finding {
    /// Paths into the failing object.
    pub paths: Paths,
    /// A command that would mend it; empty for none.
    pub command: Cow<'static, str>,
    /// Other objects that take part.
    pub related: Vec<Related>,
    /// The container that it is about: findings of an object are ordered by it.
    pub container: Option<Option<String>>,
    /// What else its message names, such as a volume: findings are ordered by that next.
    pub about: String,
}

/// What fails.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// An object by its handle. Of a check over one object: that object; of one over a grant: the grant.
    Object(u32),
    /// Something that is no object of the input.
    External(External),
}

/// A failing thing that is no object of the input: a part of one, or one that stands for several.
#[derive(Debug, Clone, PartialEq)]
pub struct External {
    /// Its fields, without `relatedObjects`.
    pub body: Map<String, Value>,
    /// Objects that it stands for; `relatedObjects` of the body.
    pub related: Vec<u32>,
    /// Whether `relatedObjects` is the one object itself and not a list; such objects add no id.
    pub related_is_object: bool,
}

impl External {
    /// One with these fields.
    #[must_use]
    pub const fn new(body: Map<String, Value>) -> Self {
        Self { body, related: Vec::new(), related_is_object: false }
    }

    /// A copy of an object: for what is scanned besides Kubernetes objects, such as cloud descriptions.
    #[must_use]
    pub fn copy_of(object: Object<'_>) -> Self {
        Self::part_of(object, &[""])
    }

    /// A copy of an object with these fields alone; dotted, whatever stands below a field is kept.
    #[must_use]
    pub fn part_of(object: Object<'_>, fields: &[&str]) -> Self {
        let mut kept = Fields::default();
        for field in fields {
            kept.add(field);
        }
        match kept.prune(object.node()).root().map(to_json) {
            Some(Value::Object(body)) => Self::new(body),
            _ => Self::new(Map::new()),
        }
    }

    /// Sets a field.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.body.insert(key.to_owned(), value.into());
        self
    }

    /// The objects that it stands for.
    #[must_use]
    pub fn related<'a>(mut self, objects: impl IntoIterator<Item = Object<'a>>) -> Self {
        self.related.extend(objects.into_iter().map(|object| object.handle()));
        self
    }
}

impl Finding {
    /// A finding without any path.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A finding about a container.
    #[must_use]
    pub fn of(container: &Container<'_>) -> Self {
        Self { container: Some(container.name.map(str::to_owned)), ..Self::default() }
    }

    /// Names what the finding is about besides its container; decides the order of an object's findings.
    #[must_use]
    pub fn about(mut self, name: &str) -> Self {
        name.clone_into(&mut self.about);
        self
    }

    /// A field that is wrong.
    #[must_use]
    pub fn failed(mut self, path: Path) -> Self {
        self.paths.failed.push(path);
        self
    }

    /// A field that is wrong and that deleting would mend.
    #[must_use]
    pub fn delete(mut self, path: Path) -> Self {
        self.paths.delete.push(path.clone());
        self.failed(path)
    }

    /// A field that is wrong and for a person to look at.
    #[must_use]
    pub fn review(mut self, path: Path) -> Self {
        self.paths.review.push(path.clone());
        self.failed(path)
    }

    /// A field for a person to look at that is not reported as wrong.
    #[must_use]
    pub fn review_only(mut self, path: Path) -> Self {
        self.paths.review.push(path);
        self
    }

    /// A field that setting would mend.
    #[must_use]
    pub fn set(mut self, path: Path, value: impl Into<String>) -> Self {
        self.paths.fix.push(Fix { path, value: value.into() });
        self
    }

    /// A command that would mend it.
    #[must_use]
    pub fn command(mut self, command: impl Into<Cow<'static, str>>) -> Self {
        self.command = command.into();
        self
    }

    /// Another object that takes part.
    #[must_use]
    pub fn related(self, object: Object<'_>) -> Self {
        self.related_at(object, Paths::default())
    }

    /// Another object that takes part, with paths into it.
    #[must_use]
    pub fn related_at(mut self, object: Object<'_>, paths: Paths) -> Self {
        self.related.push(Related { object: object.handle(), paths });
        self
    }
}

impl Paths {
    /// Paths that are wrong and for a person to look at.
    #[must_use]
    pub fn review(paths: Vec<Path>) -> Self {
        Self { review: paths.clone(), failed: paths, ..Self::default() }
    }
}
