//! An object once more, with the text of its file.

use crate::{Options, list, text};
use ks_object::{File, FileKind, Origin, Tree};
use ks_yaml::{Limits, Part};
use std::sync::Arc;

/// A file that was read again to show places in it. Keeps the last document, so asking for the objects of a file in
/// their order parses each document once.
#[derive(Debug)]
pub struct Opened {
    text: Arc<str>,
    kind: FileKind,
    limits: Limits,
    parts: Vec<Part>,
    last: Option<(u32, Option<Tree>)>,
}

impl Opened {
    /// Reads a file again; `None` when that fails now.
    #[must_use]
    pub fn new(file: &File, options: &Options) -> Option<Self> {
        let text = text::read(file, options).ok()?.text;
        let parts = match file.kind {
            FileKind::Yaml => ks_yaml::parts(&text).collect(),
            FileKind::Json => Vec::new(),
        };
        Some(Self { text: text.into(), kind: file.kind, limits: options.limits, parts, last: None })
    }

    /// The whole file.
    #[must_use]
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The object that [`crate::load`] gave with this origin; `None` when it is not there any more.
    #[must_use]
    pub fn object(&mut self, origin: &Origin) -> Option<Tree> {
        if self.last.as_ref().is_none_or(|(document, _)| *document != origin.document) {
            self.last = Some((origin.document, self.document(origin.document)));
        }
        let Some((_, Some(tree))) = &self.last else { return None };
        match origin.item {
            None => Some(tree.clone()),
            Some(item) => list::items(tree.root()?)?.get(item as usize).map(|item| item.to_tree()),
        }
    }

    fn document(&self, index: u32) -> Option<Tree> {
        match self.kind {
            FileKind::Yaml => self.parts.get(index as usize)?.read(&self.text, self.limits).ok()?,
            FileKind::Json => ks_yaml::json(&self.text, self.limits).ok(),
        }
    }
}

/// Reads an object again: the whole file, and the object with the place of every value. Those who want several
/// objects of a file ask an [`Opened`].
#[must_use]
pub fn locate(origin: &Origin, options: &Options) -> Option<(Arc<str>, Tree)> {
    let mut file = Opened::new(&origin.file, options)?;
    let tree = file.object(origin)?;
    Some((Arc::clone(file.text()), tree))
}
