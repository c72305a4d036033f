//! Cuts a stream into documents, so that each is parsed for itself.

use memchr::memchr2;

/// One document's part of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Chunk<'a> {
    /// Its text, with the directives, comments and the `---` before it.
    pub(crate) text: &'a str,
    /// Where the text begins in the stream, in bytes.
    pub(crate) start: usize,
    /// The line of the file that the text begins on, from 1.
    pub(crate) line: u32,
    /// The line that the text ends on.
    pub(crate) last_line: u32,
    /// The line of its first content, or of its `---` when it has none.
    pub(crate) content_line: u32,
    /// Whether there is anything but blank lines and comments.
    pub(crate) has_content: bool,
}

/// Cuts at the lines where YAML itself ends documents: those that begin with `---` or `...`, wherever they stand.
pub(crate) struct Chunks<'a> {
    rest: &'a str,
    start: usize,
    line: u32,
}

enum Mark {
    /// `---`; whether something follows on the same line.
    Start {
        content: bool,
    },
    /// `...`
    End,
    /// `%YAML 1.1` and its like, which mean something before a document only.
    Directive,
    /// Nothing or a comment.
    Blank,
    Content,
}

impl<'a> Chunks<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let rest = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self { rest, start: text.len() - rest.len(), line: 1 }
    }
}

impl<'a> Iterator for Chunks<'a> {
    type Item = Chunk<'a>;

    fn next(&mut self) -> Option<Chunk<'a>> {
        let (text, start, line) = (self.rest, self.start, self.line);
        let (mut started, mut content_line, mut directive) = (None, None, None);
        let mut at = 0;
        while at < text.len() {
            let end = line_end(text.as_bytes(), at);
            match mark(&text.as_bytes()[at..end]) {
                Mark::Start { content } => {
                    // Before it there were at most directives and comments: it is this document's own.
                    if started.is_some() || content_line.is_some() {
                        break;
                    }
                    started = Some(self.line);
                    content_line = content.then_some(self.line);
                }
                Mark::End => {
                    at = end;
                    self.line += 1;
                    if started.is_some() || content_line.is_some() {
                        break;
                    }
                    continue;
                }
                Mark::Directive if started.is_none() && content_line.is_none() => {
                    directive = directive.or(Some(self.line));
                }
                Mark::Blank => {}
                Mark::Directive | Mark::Content => content_line = content_line.or(Some(self.line)),
            }
            at = end;
            self.line += 1;
        }
        self.rest = &text[at..];
        self.start += at;
        if started.is_none() {
            // Directives must have a document behind them: the parser says so.
            content_line = content_line.or(directive);
        }
        let first = content_line.or(started)?;
        Some(Chunk {
            text: &text[..at],
            start,
            line,
            last_line: self.line - 1,
            content_line: first,
            has_content: content_line.is_some(),
        })
    }
}

/// Where the line that begins at `at` ends, its break included. A lone carriage return breaks lines, too.
fn line_end(text: &[u8], at: usize) -> usize {
    match memchr2(b'\n', b'\r', &text[at..]) {
        None => text.len(),
        Some(found) if text[at + found..].starts_with(b"\r\n") => at + found + 2,
        Some(found) => at + found + 1,
    }
}

fn mark(line: &[u8]) -> Mark {
    let after = |rest: &[u8]| match rest.first() {
        None => Some(false),
        Some(b' ' | b'\t' | b'\r' | b'\n') => Some(!is_blank(rest)),
        Some(_) => None,
    };
    match line {
        [b'-', b'-', b'-', rest @ ..] => after(rest).map_or(Mark::Content, |content| Mark::Start { content }),
        [b'.', b'.', b'.', rest @ ..] if after(rest).is_some() => Mark::End,
        [b'%', ..] => Mark::Directive,
        line if is_blank(line) => Mark::Blank,
        _ => Mark::Content,
    }
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).is_none_or(|byte| *byte == b'#')
}
