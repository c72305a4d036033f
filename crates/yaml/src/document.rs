//! The documents of a YAML stream.

use crate::reader::Reader;
use crate::split::{Chunk, Chunks};
use crate::{Limits, Problem};
use ks_object::Tree;

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

/// Reads the documents of a YAML stream one after the other.
///
/// They are numbered as a YAML decoder does: comments and directives before the first `---` are no document, an empty
/// one between two `---` is. One that cannot be read does not stop the others.
pub fn documents(text: &str, limits: Limits) -> impl Iterator<Item = Document> + use<'_> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::new(limits);
    (0..).zip(Chunks::new(text)).map(move |(index, chunk)| Document {
        index,
        line: chunk.content_line,
        content: read(&mut reader, chunk),
    })
}

fn read(reader: &mut Reader, chunk: Chunk<'_>) -> Result<Option<Tree>, Problem> {
    if chunk.has_content { reader.read(chunk.text, chunk.line) } else { Ok(None) }
}

/// The first document of a YAML text that stands inside something else; `None` when it is empty or broken.
#[must_use]
pub fn parse(text: &str) -> Option<Tree> {
    documents(text, Limits::default()).next()?.content.ok()?
}
