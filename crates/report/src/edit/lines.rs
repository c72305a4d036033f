//! Where the lines of a file begin.

use ks_object::Position;

/// Where the lines of a text begin: turns positions into offsets and back.
#[derive(Debug, Clone)]
pub struct Lines(Vec<usize>);

impl Lines {
    /// The lines of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let after_break = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self(std::iter::once(0).chain(after_break).collect())
    }

    /// The offset of a position; `None` when the text has no such place.
    #[must_use]
    pub fn offset(&self, text: &str, position: Position) -> Option<usize> {
        let line = usize::try_from(position.line).ok()?.checked_sub(1)?;
        let start = *self.0.get(line)?;
        let column = usize::try_from(position.column).ok()?.checked_sub(1)?;
        let rest = &text[start..];
        let (at, _) = rest.char_indices().chain(std::iter::once((rest.len(), '\0'))).nth(column)?;
        Some(start + at)
    }

    /// The position of an offset.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.line(offset);
        let column = text[self.0[line]..offset].chars().count() + 1;
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Position::new(number(line + 1), number(column))
    }

    /// The number of the line, from 0, that an offset lies in.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.0.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// Where a line begins; the end of the text for lines after the last.
    pub(super) fn start(&self, text: &str, line: usize) -> usize {
        self.0.get(line).copied().unwrap_or(text.len())
    }

    /// A line without its break.
    pub(super) fn text<'a>(&self, text: &'a str, line: usize) -> &'a str {
        let whole = &text[self.start(text, line)..self.start(text, line + 1)];
        whole.strip_suffix('\n').map_or(whole, |line| line.strip_suffix('\r').unwrap_or(line))
    }

    /// How many lines there are.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let text = "a: ü\r\nbc: d\n";
        let lines = Lines::of(text);
        for (line, column, offset) in [(1, 1, 0), (1, 4, 3), (1, 5, 5), (2, 1, 7), (2, 3, 9), (3, 1, 13)] {
            assert_eq!(lines.offset(text, Position::new(line, column)), Some(offset));
            assert_eq!(lines.position(text, offset), Position::new(line, column));
        }
        assert_eq!(lines.offset(text, Position::new(0, 0)), None);
        assert_eq!(lines.offset(text, Position::new(9, 1)), None);
        assert_eq!((lines.text(text, 0), lines.text(text, 2)), ("a: ü", ""));
    }
}
