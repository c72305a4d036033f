//! The objects of a file.

use crate::text::{self, Text};
use crate::{Options, kinds, list};
use ks_object::{File, FileKind, Kind, Node, Origin, Tree};
use ks_yaml::{Part, Problem};
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// What a file gives.
#[derive(Debug)]
pub enum Loaded {
    /// An object.
    Object {
        /// The object.
        tree: Tree,
        /// Where it came from.
        origin: Origin,
    },
    /// A document, or a whole file, that is not judged.
    Skipped(Skipped),
    /// An oddity in a document that is judged all the same.
    Warning(Warning),
}

/// A document that is not judged, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// Its file, relative to the scan root.
    pub path: String,
    /// The document in the file, from 0; `None` when it is the whole file.
    pub document: Option<u32>,
    /// The line of the problem, from 1; 0 when unknown.
    pub line: u32,
    /// What is wrong and what to do.
    pub reason: String,
}

/// Something that people should know of and that stops nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    /// The file, relative to the scan root.
    pub path: String,
    /// The line, from 1; 0 when it is the whole file.
    pub line: u32,
    /// What is odd and what to do.
    pub message: String,
}

impl Warning {
    pub(crate) fn of_file(path: &str, message: String) -> Self {
        Self { path: path.to_owned(), line: 0, message }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.message),
            line => write!(f, "{}:{line}: {}", self.path, self.message),
        }
    }
}

impl Skipped {
    pub(crate) fn file(file: &File, line: u32, reason: impl Into<String>) -> Self {
        Self { path: file.relative.clone(), document: None, line, reason: reason.into() }
    }
}

/// Reads a file and hands out what it holds, document by document. Documents that are no Kubernetes objects are
/// passed over in silence.
pub fn load(file: &Arc<File>, options: &Options, each: &mut dyn FnMut(Loaded)) {
    let text = match text::read(file, options) {
        Ok(text) => text,
        Err(skipped) => return each(Loaded::Skipped(skipped)),
    };
    if let Some(line) = template_line(file, &text.text) {
        let reason = "Helm template; charts are rendered in a later version";
        return each(Loaded::Skipped(Skipped::file(file, line, reason)));
    }
    let mut loading = Loading { file, each };
    match file.kind {
        FileKind::Yaml => loading.yaml(&text, options),
        FileKind::Json => loading.json(&text, options),
    }
}

struct Loading<'a> {
    file: &'a Arc<File>,
    each: &'a mut dyn FnMut(Loaded),
}

impl Loading<'_> {
    fn yaml(&mut self, text: &Text, options: &Options) {
        if !text.broken.is_empty() {
            return self.broken_yaml(text, options);
        }
        for document in ks_yaml::documents(&text.text, options.limits) {
            match document.content {
                Ok(Some(tree)) => self.document(document.index, tree),
                Ok(None) => {}
                Err(problem) => self.problem(Some(document.index), &problem, &text.text),
            }
        }
    }

    /// Reads a file with bytes that are no text: the documents they stand in are not judged.
    fn broken_yaml(&mut self, text: &Text, options: &Options) {
        for part in ks_yaml::parts(&text.text) {
            if let Some(line) = broken_line(&part, text) {
                self.skip(Some(part.index), line, NO_TEXT);
                continue;
            }
            match part.read(&text.text, options.limits) {
                Ok(Some(tree)) => self.document(part.index, tree),
                Ok(None) => {}
                Err(problem) => self.problem(Some(part.index), &problem, &text.text),
            }
        }
    }

    fn json(&mut self, text: &Text, options: &Options) {
        if let Some(line) = text.broken.first() {
            return self.skip(None, *line, NO_TEXT);
        }
        if text.text.trim_ascii().is_empty() {
            return;
        }
        match ks_yaml::json(&text.text, options.limits) {
            Ok(tree) => self.document(0, tree),
            Err(problem) => self.problem(None, &problem, &text.text),
        }
    }

    fn problem(&mut self, document: Option<u32>, problem: &Problem, text: &str) {
        let mut reason = format!("{} (column {})", problem.message, problem.column);
        if text.contains("{{") {
            reason.push_str("; if the file is a template, render it first");
        }
        self.skip(document, problem.line, reason);
    }

    fn skip(&mut self, document: Option<u32>, line: u32, reason: impl Into<String>) {
        let skipped = Skipped { path: self.file.relative.clone(), document, line, reason: reason.into() };
        (self.each)(Loaded::Skipped(skipped));
    }

    fn document(&mut self, index: u32, tree: Tree) {
        let Some(root) = tree.root() else { return };
        // Only JSON has bare arrays of objects; a YAML list is no Kubernetes document.
        if root.kind() == Kind::Seq && self.file.kind == FileKind::Yaml {
            if root.items().any(|item| is_object(item)) {
                let reason =
                    "a list of objects is no Kubernetes document; separate them by `---` or wrap them into a `List`";
                self.skip(Some(index), root.position().line, reason);
            }
            return;
        }
        let Some(items) = list::items(root) else {
            if self.accept(index, root) {
                let origin = self.origin(index, None);
                (self.each)(Loaded::Object { tree, origin });
            }
            return;
        };
        for (number, item) in (0..).zip(items) {
            let tree = item.to_tree();
            if tree.root().is_some_and(|object| self.accept(index, object)) {
                let origin = self.origin(index, Some(number));
                (self.each)(Loaded::Object { tree, origin });
            }
        }
    }

    fn origin(&self, document: u32, item: Option<u32>) -> Origin {
        Origin { file: Arc::clone(self.file), document, item }
    }

    /// Whether this is an object to judge; if it only means to be one, says why not.
    fn accept(&mut self, document: u32, object: Node<'_>) -> bool {
        if !is_object(object) {
            return false;
        }
        if let Some((line, reason)) = malformed(object) {
            self.skip(Some(document), line, reason);
            return false;
        }
        if let (Some(version), Some(kind)) = (object.str_at(&["apiVersion"]), object.str_at(&["kind"]))
            && let Some(message) = kinds::doubt(version, kind)
        {
            let line = object.get("kind").map_or(0, |kind| kind.position().line);
            (self.each)(Loaded::Warning(Warning { path: self.file.relative.clone(), line, message }));
        }
        true
    }
}

const NO_TEXT: &str = "bytes that are no UTF-8 text; save the file as UTF-8";

/// Whether a value means to be a Kubernetes object: other YAML lies about everywhere.
fn is_object(node: Node<'_>) -> bool {
    let present = |key| node.get(key).is_some_and(|value| !value.is_null() && value.text() != "");
    let has = |key| present(key) || node.get(key).is_some_and(|value| matches!(value.kind(), Kind::Map | Kind::Seq));
    has("apiVersion") && has("kind")
}

/// What makes an object unfit to be told from others: line and reason.
fn malformed(object: Node<'_>) -> Option<(u32, String)> {
    let wrong = |node: Node<'_>, name: &str, wanted: &str| {
        Some((node.position().line, format!("{name} is {}, not {wanted}", describe(node))))
    };
    for key in ["apiVersion", "kind"] {
        match object.get(key) {
            Some(value) if value.kind() != Kind::Str => return wrong(value, key, "a text; quote it"),
            _ => {}
        }
    }
    let metadata = object.get("metadata")?;
    match metadata.kind() {
        Kind::Null => return None,
        Kind::Map => {}
        _ => return wrong(metadata, "metadata", "a mapping"),
    }
    for (key, name) in [("name", "metadata.name"), ("namespace", "metadata.namespace")] {
        match metadata.get(key) {
            Some(value) if !matches!(value.kind(), Kind::Str | Kind::Null) => {
                return wrong(value, name, "a text; quote it");
            }
            _ => {}
        }
    }
    None
}

fn describe(node: Node<'_>) -> String {
    match node.kind() {
        Kind::Null => "null".to_owned(),
        Kind::Bool => format!("the boolean {}", node.text()),
        Kind::Int | Kind::Float => format!("the number {}", node.text()),
        Kind::Str => "a text".to_owned(),
        Kind::Seq => "a list".to_owned(),
        Kind::Map => "a mapping".to_owned(),
    }
}

fn broken_line(part: &Part, text: &Text) -> Option<u32> {
    let at = text.broken.partition_point(|line| *line < part.first_line);
    text.broken.get(at).copied().filter(|line| *line <= part.last_line)
}

/// The line of the first template action, when the file is a template of a Helm chart.
fn template_line(file: &File, text: &str) -> Option<u32> {
    let at = memchr::memmem::find(text.as_bytes(), b"{{")?;
    let is_template = file.absolute.ancestors().skip(1).any(|folder| {
        folder.file_name().is_some_and(|name| name == "templates")
            && folder.parent().map(|chart: &Path| chart.join("Chart.yaml")).is_some_and(|chart| chart.is_file())
    });
    is_template.then(|| text::line_breaks(&text.as_bytes()[..at]).saturating_add(1))
}
