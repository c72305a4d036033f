//! The documents of a YAML stream.

use crate::reader::Reader;
use crate::split::{Chunk, Chunks};
use crate::{Limits, Problem, Schema};
use ks_object::Tree;
use std::ops::Range;

/// One document of a stream.
#[derive(Debug)]
pub struct Document {
    /// Its number in the stream, from 0.
    pub index: u32,
    /// The line of its first content, or of its `---` when it is empty.
    pub line: u32,
    /// The document; `None` when it is empty or has nothing but comments.
    pub content: Result<Option<Tree>, Problem>,
}

/// Where a document stands in a stream, before it is parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its number in the stream, from 0.
    pub index: u32,
    /// The line of its first content, or of its `---` when it is empty.
    pub line: u32,
    /// The line that its bytes begin on: that of the directives and comments before it.
    pub first_line: u32,
    /// The line that its bytes end on.
    pub last_line: u32,
    /// Its bytes.
    pub bytes: Range<usize>,
    /// Whether there is anything but comments in it.
    pub has_content: bool,
}

/// Reads the documents of a YAML stream one after the other.
///
/// They are numbered as a YAML decoder does: comments and directives before the first `---` are no document, an empty
/// one between two `---` is. One that cannot be read does not stop the others.
pub fn documents(text: &str, limits: Limits) -> impl Iterator<Item = Document> + use<'_> {
    documents_as(text, limits, Schema::Kubernetes)
}

/// [`documents`] with the meaning of plain scalars chosen.
pub fn documents_as(text: &str, limits: Limits, schema: Schema) -> impl Iterator<Item = Document> + use<'_> {
    let mut reader = Reader::new(limits, schema);
    (0..).zip(Chunks::new(text)).map(move |(index, chunk)| Document {
        index,
        line: chunk.content_line,
        content: read(&mut reader, chunk),
    })
}

/// Finds the documents of a YAML stream without parsing them, with the numbers that [`documents`] gives them.
pub fn parts(text: &str) -> impl Iterator<Item = Part> + use<'_> {
    (0..).zip(Chunks::new(text)).map(|(index, chunk)| Part {
        index,
        line: chunk.content_line,
        first_line: chunk.line,
        last_line: chunk.last_line,
        bytes: chunk.start..chunk.start + chunk.text.len(),
        has_content: chunk.has_content,
    })
}

impl Part {
    /// Parses this document of a stream.
    ///
    /// # Errors
    /// Says what is wrong and where; also when `text` is another stream than the one it was found in.
    pub fn read(&self, text: &str, limits: Limits) -> Result<Option<Tree>, Problem> {
        let Some(text) = text.get(self.bytes.clone()) else {
            return Err(Problem::new(self.line, 1, "the file has changed; scan it again"));
        };
        if !self.has_content {
            return Ok(None);
        }
        Reader::new(limits, Schema::Kubernetes).read(text, self.first_line)
    }
}

fn read(reader: &mut Reader, chunk: Chunk<'_>) -> Result<Option<Tree>, Problem> {
    if chunk.has_content { reader.read(chunk.text, chunk.line) } else { Ok(None) }
}

/// Reads the first document of a text as a decoder does that is not strict: of a key that a mapping has twice, the last
/// one counts. For what tools other than ours let pass; manifests of users are read with [`documents`].
///
/// # Errors
/// Says what is wrong and where.
pub fn decode(text: &str, limits: Limits) -> Result<Option<Tree>, Problem> {
    match Chunks::new(text).next() {
        Some(chunk) => read(&mut Reader::lenient(limits), chunk),
        None => Ok(None),
    }
}

/// Whether a scalar of this text is read as that very text when it stands without quotes; syntax apart.
#[must_use]
pub fn is_plain_text(text: &str) -> bool {
    crate::scalar::plain(text.into(), crate::Schema::Kubernetes).kind == ks_object::Kind::Str
}

/// The first document of a YAML text that stands inside something else; `None` when it is empty or broken.
#[must_use]
pub fn parse(text: &str) -> Option<Tree> {
    documents(text, Limits::default()).next()?.content.ok()?
}
