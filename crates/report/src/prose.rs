//! The documents of controls, from Markdown to blocks that every report can draw.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    /// Running text.
    Paragraph(Vec<Span>),
    /// An item of a list.
    Item(Vec<Span>),
    /// Lines to be shown as they are.
    Code(String),
}

/// Text of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Span {
    /// The text.
    pub(crate) text: String,
    /// Whether it is code.
    pub(crate) code: bool,
    /// Whether it is strong.
    pub(crate) strong: bool,
    /// Where it links to; empty for nowhere.
    pub(crate) link: String,
}

/// The blocks of a Markdown text. What reports have no form for (tables, images, HTML) becomes plain text.
pub(crate) fn blocks(markdown: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    for event in Parser::new(markdown) {
        reader.read(event);
    }
    reader.finish_text();
    reader.blocks
}

/// A Markdown text without its marks, paragraphs separated by line breaks.
pub(crate) fn plain(markdown: &str) -> String {
    let text = |spans: &[Span]| spans.iter().map(|span| span.text.as_str()).collect::<String>();
    let line = |block: &Block| match block {
        Block::Paragraph(spans) => text(spans),
        Block::Item(spans) => format!("- {}", text(spans)),
        Block::Code(code) => code.trim_end().to_owned(),
    };
    blocks(markdown).iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The first paragraph of a Markdown text, without its marks.
pub(crate) fn lead(markdown: &str) -> String {
    plain(markdown.split("\n\n").next().unwrap_or_default())
}

/// The first sentence of a Markdown text, without its marks.
pub(crate) fn sentence(markdown: &str) -> String {
    let mut text = lead(markdown);
    let end = text.match_indices(". ").map(|(at, _)| at).find(|&at| {
        // Abbreviations end in a single letter: "e.g. this".
        text[..at].chars().rev().take_while(|char| char.is_alphabetic()).count() != 1
    });
    if let Some(end) = end {
        text.truncate(end + 1);
    }
    text
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    spans: Vec<Span>,
    code: Option<String>,
    items: usize,
    strong: bool,
    link: String,
}

impl Reader {
    fn read(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => {
                self.finish_text();
                self.code = Some(String::new());
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some(code) = self.code.take() {
                    self.blocks.push(Block::Code(code.trim_end().to_owned()));
                }
            }
            Event::Start(Tag::Item) => {
                self.finish_text();
                self.items += 1;
            }
            Event::End(TagEnd::Item) => {
                self.finish_text();
                self.items = self.items.saturating_sub(1);
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) => self.finish_text(),
            Event::Start(Tag::Strong | Tag::Emphasis) => self.strong = true,
            Event::End(TagEnd::Strong | TagEnd::Emphasis) => self.strong = false,
            Event::Start(Tag::Link { dest_url, .. }) => self.link = dest_url.into_string(),
            Event::End(TagEnd::Link) => self.link.clear(),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.push(&text, false),
            },
            Event::Code(text) => self.push(&text, true),
            Event::SoftBreak | Event::HardBreak => self.push(" ", false),
            _ => {}
        }
    }

    fn push(&mut self, text: &str, code: bool) {
        let span = Span { text: text.to_owned(), code, strong: self.strong, link: self.link.clone() };
        match self.spans.last_mut() {
            Some(last) if (last.code, last.strong, &last.link) == (span.code, span.strong, &span.link) => {
                last.text.push_str(text);
            }
            _ => self.spans.push(span),
        }
    }

    fn finish_text(&mut self) {
        let spans = std::mem::take(&mut self.spans);
        if spans.is_empty() {
            return;
        }
        self.blocks.push(if self.items > 0 { Block::Item(spans) } else { Block::Paragraph(spans) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str) -> Span {
        Span { text: text.to_owned(), ..Span::default() }
    }

    #[test]
    fn a_document_becomes_blocks() {
        let text =
            "Set `a` to **true**,\nsee [here](https://example.org).\n\n- one\n- two\n\n```yaml\na: 1\n  b: 2\n```\n";
        assert_eq!(
            blocks(text),
            [
                Block::Paragraph(vec![
                    span("Set "),
                    Span { code: true, ..span("a") },
                    span(" to "),
                    Span { strong: true, ..span("true") },
                    span(", see "),
                    Span { link: "https://example.org".to_owned(), ..span("here") },
                    span("."),
                ]),
                Block::Item(vec![span("one")]),
                Block::Item(vec![span("two")]),
                Block::Code("a: 1\n  b: 2".to_owned()),
            ]
        );
        assert_eq!(plain(text), "Set a to true, see here.\n- one\n- two\na: 1\n  b: 2");
        assert_eq!(lead(text), "Set a to true, see here.");
    }

    #[test]
    fn html_in_a_document_is_text() {
        assert_eq!(plain("a <b>x</b>"), "a <b>x</b>");
    }

    #[test]
    fn the_first_sentence_ends_at_a_full_stop() {
        assert_eq!(sentence("Set it, e.g. to `1.2`. Then go.\n\nMore."), "Set it, e.g. to 1.2.");
        assert_eq!(sentence("Only one"), "Only one");
    }
}
