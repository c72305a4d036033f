//! Where the parts of the terminal report are written to.

use super::table::Grid;
use super::wrap::{clean, width, wrap};
use crate::style::{Ink, Painted, Style};
use std::fmt::Display;
use std::io::{self, Write};

/// A terminal to write to from top to bottom.
pub(super) struct Page<'a> {
    pub(super) style: Style,
    out: &'a mut dyn Write,
}

impl<'a> Page<'a> {
    pub(super) fn new(style: Style, out: &'a mut dyn Write) -> Self {
        Self { style, out }
    }

    pub(super) fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// A line as it is.
    pub(super) fn line(&mut self, line: impl Display) -> io::Result<()> {
        writeln!(self.out, "{line}")
    }

    /// Text in an ink, to be put together with other text.
    pub(super) fn ink<T: Display>(&self, ink: Ink, text: T) -> Painted<T> {
        self.style.paint(ink, text)
    }

    /// A sign, or what stands for it where only ASCII can be shown.
    pub(super) const fn sign<'s>(&self, sign: &'s str, ascii: &'s str) -> &'s str {
        if self.style.unicode { sign } else { ascii }
    }

    /// A title over a line, with a blank line before and after.
    pub(super) fn heading(&mut self, title: &str) -> io::Result<()> {
        let title = clean(title);
        let columns = width(&title).min(self.style.width.unwrap_or(usize::MAX));
        self.blank()?;
        for line in self.broken(&title, 0) {
            writeln!(self.out, "{}", self.style.paint(Ink::Heading, line))?;
        }
        self.rule(columns)?;
        self.blank()
    }

    /// A line of so many columns, fewer on a narrower terminal.
    pub(super) fn rule(&mut self, columns: usize) -> io::Result<()> {
        let columns = columns.min(self.style.width.unwrap_or(usize::MAX));
        let line = self.sign("─", "-").repeat(columns);
        writeln!(self.out, "{}", self.style.paint(Ink::Rule, line))
    }

    /// Running text.
    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        self.hanging("", None, text)
    }

    /// Running text in an ink.
    pub(super) fn painted(&mut self, ink: Ink, text: &str) -> io::Result<()> {
        self.hanging("", Some(ink), text)
    }

    /// An item of a list.
    pub(super) fn bullet(&mut self, text: &str) -> io::Result<()> {
        self.hanging("* ", None, text)
    }

    /// Text behind a mark; further lines stand below the first.
    pub(super) fn hanging(&mut self, mark: &str, ink: Option<Ink>, text: &str) -> io::Result<()> {
        self.hanging_at(mark, width(mark), ink, text)
    }

    /// Text behind a mark that takes so many columns: fewer than its characters when it is painted.
    pub(super) fn hanging_at(&mut self, mark: &str, columns: usize, ink: Option<Ink>, text: &str) -> io::Result<()> {
        let text: Vec<_> = text.split('\n').map(clean).collect();
        let mut mark = mark.to_owned();
        for line in self.broken(&text.join("\n"), columns) {
            match ink {
                Some(ink) => writeln!(self.out, "{mark}{}", self.style.paint(ink, line))?,
                None => writeln!(self.out, "{mark}{line}")?,
            }
            mark = " ".repeat(columns);
        }
        Ok(())
    }

    pub(super) fn table(&mut self, grid: Grid) -> io::Result<()> {
        grid.write(&self.style, self.out)
    }

    /// A text in lines that leave `indent` columns free.
    fn broken(&self, text: &str, indent: usize) -> Vec<String> {
        match self.style.width {
            Some(columns) => wrap(text, columns.saturating_sub(indent).max(8)),
            None => text.split('\n').map(str::to_owned).collect(),
        }
    }
}

/// A word as a shell reads it: quoted when it has characters that mean something to one. Names come from other
/// people's files and commands are there to be copied.
pub(super) fn shell(word: &str) -> String {
    let harmless = |char: char| {
        char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.' | '/' | ':' | '=' | ',' | '@' | '+')
    };
    if !word.is_empty() && word.chars().all(harmless) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn draw(columns: usize, write: impl Fn(&mut Page<'_>) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        let style = Style { width: Some(columns), ..Style::plain() };
        write(&mut Page::new(style, &mut out)).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn text_hangs_below_its_mark() {
        assert_eq!(draw(14, |page| page.bullet("one two three four")), "* one two\n  three four\n");
        assert_eq!(draw(10, |page| page.heading("Title")), "\nTitle\n─────\n\n");
    }

    #[test]
    fn words_for_a_shell_are_quoted_when_they_mean_something_to_it() {
        assert_eq!(shell("a/b-1.yaml"), "a/b-1.yaml");
        assert_eq!(shell("a b"), "'a b'");
        assert_eq!(shell("it's $(x)"), "'it'\\''s $(x)'");
        assert_eq!(shell(""), "''");
    }
}
