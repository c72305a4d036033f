//! Tables for terminals of any width.
//!
//! No table crate does this: paths have to break behind their separators, and colours come from an argument where the
//! crates ask the environment.

use super::wrap::{clean, pad, width, wrap};
use crate::style::{Ink, Style};
use ks_control::Severity;
use std::io::{self, Write};

/// What a column holds, which decides how its cells look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Anything.
    Plain,
    /// The name of a severity.
    Severity,
    /// A number that is bad unless it is 0.
    Bad,
    /// A number.
    Number,
    /// Something less important.
    Faint,
    /// A status behind its sign.
    Status,
}

/// A column of a [`Grid`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    title: &'static str,
    look: Look,
    /// The least width to which it may shrink; `None` for a column that keeps its width.
    shrinks: Option<usize>,
    /// Whether a terminal that is too narrow does without it.
    optional: bool,
}

impl Column {
    /// A column that is as wide as its content.
    pub(super) const fn new(title: &'static str, look: Look) -> Self {
        Self { title, look, shrinks: None, optional: false }
    }

    /// A column whose text may be broken into lines.
    pub(super) const fn flexible(title: &'static str, look: Look, least: usize) -> Self {
        Self { title, look, shrinks: Some(least), optional: false }
    }

    /// A column that a narrow terminal does without.
    pub(super) const fn optional(mut self) -> Self {
        self.optional = true;
        self
    }
}

/// A flexible column that is as wide as this is wide enough: a wider one may make room for optional columns.
const COMFORTABLE: usize = 48;
/// A flexible column without a limit is at most this wide.
const WIDEST: usize = 90;

/// A table whose rows are known.
#[derive(Debug)]
pub(super) struct Grid {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
    footer: Option<Vec<String>>,
    /// What the columns of neighbouring tables would take.
    neighbours: Vec<usize>,
}

impl Grid {
    pub(super) fn new(columns: &[Column]) -> Self {
        Self { columns: columns.to_vec(), rows: Vec::new(), footer: None, neighbours: Vec::new() }
    }

    /// Gives tables with the same columns the same widths.
    pub(super) fn align(grids: &mut [&mut Self]) {
        let widths: Vec<Vec<usize>> = grids.iter().map(|grid| grid.natural()).collect();
        for grid in grids {
            let widest = |at: usize| widths.iter().filter_map(|one| one.get(at)).copied().max().unwrap_or(0);
            grid.neighbours = (0..grid.columns.len()).map(widest).collect();
        }
    }

    /// Adds a row of one cell a column.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells = cells.into_iter().map(|cell| cell.split('\n').map(clean).collect::<Vec<_>>().join("\n"));
        self.rows.push(cells.collect());
    }

    /// A last row that sums up.
    pub(super) fn footer(&mut self, cells: impl IntoIterator<Item = String>) {
        self.footer = Some(cells.into_iter().collect());
    }

    /// Writes the table, or one block of labelled lines a row when the terminal is too narrow for it.
    pub(super) fn write(mut self, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let Some(limit) = style.width else {
            let mut widths = self.natural();
            for (width, column) in widths.iter_mut().zip(&self.columns) {
                // Nobody reads a line of several sentences.
                *width = if column.shrinks.is_some() { (*width).min(WIDEST) } else { *width };
            }
            return self.draw(&widths, style, out);
        };
        loop {
            let optional = self.columns.iter().rposition(|column| column.optional);
            match (self.fit(limit, if optional.is_some() { COMFORTABLE } else { 0 }), optional) {
                (Some(widths), _) => return self.draw(&widths, style, out),
                (None, Some(at)) => self.drop_column(at),
                (None, None) => return self.write_labelled(limit, style, out),
            }
        }
    }

    fn drop_column(&mut self, at: usize) {
        self.columns.remove(at);
        if at < self.neighbours.len() {
            self.neighbours.remove(at);
        }
        for row in self.rows.iter_mut().chain(self.footer.iter_mut()) {
            row.remove(at);
        }
    }

    /// The widths that need no line breaks.
    fn natural(&self) -> Vec<usize> {
        let widest = |cell: &String| cell.split('\n').map(width).max().unwrap_or(0);
        let cells = |at: usize| self.rows.iter().chain(&self.footer).filter_map(move |row| row.get(at));
        let neighbour = |at: usize| self.neighbours.get(at).copied().unwrap_or(0);
        let column = |(at, column): (usize, &Column)| {
            cells(at).map(widest).max().unwrap_or(0).max(width(column.title)).max(neighbour(at))
        };
        self.columns.iter().enumerate().map(column).collect()
    }

    /// Widths that fit, `None` when none do. Flexible columns shrink to their own least width or `least`.
    fn fit(&self, limit: usize, least: usize) -> Option<Vec<usize>> {
        let mut widths = self.natural();
        // Each cell has a space on either side and a line behind it; one line stands before the first.
        let frame = self.columns.len() * 3 + 1;
        while widths.iter().sum::<usize>() + frame > limit {
            let excess = |at: &usize| match self.columns[*at] {
                Column { shrinks: None, .. } => 0,
                // Numbers are short: it is their titles that are broken, and before any text.
                Column { shrinks: Some(own), look: Look::Bad | Look::Number, .. } => widths[*at].saturating_sub(own),
                Column { shrinks: Some(own), .. } => widths[*at].saturating_sub(own.max(least)),
            };
            let number = |at: usize| matches!(self.columns[at].look, Look::Bad | Look::Number);
            // The widest first, so that columns end up equal.
            let shrinkable = (0..widths.len()).filter(|at| excess(at) > 0);
            let at = shrinkable.max_by_key(|&at| (number(at), widths[at]))?;
            widths[at] -= 1;
        }
        Some(widths)
    }

    fn draw(&self, widths: &[usize], style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let [top, head, foot, bottom] = if style.unicode { &ROUNDED } else { &ASCII };
        let titles: Vec<String> = self.columns.iter().map(|column| column.title.to_owned()).collect();
        write_rule(widths, top, style, out)?;
        self.draw_row(&titles, widths, true, style, out)?;
        write_rule(widths, head, style, out)?;
        for row in &self.rows {
            self.draw_row(row, widths, false, style, out)?;
        }
        if let Some(row) = &self.footer {
            write_rule(widths, foot, style, out)?;
            self.draw_row(row, widths, true, style, out)?;
        }
        write_rule(widths, bottom, style, out)
    }

    fn draw_row(
        &self,
        row: &[String],
        widths: &[usize],
        bold: bool,
        style: &Style,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let line = style.paint(Ink::Rule, if style.unicode { "│" } else { "|" }).to_string();
        let cells: Vec<Vec<String>> = row.iter().zip(widths).map(|(cell, &width)| wrap(cell, width)).collect();
        for at in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
            write!(out, "{line}")?;
            for (column, (cell, &columns)) in cells.iter().zip(widths).enumerate() {
                let text = cell.get(at).map_or("", String::as_str);
                let room = " ".repeat(columns.saturating_sub(width(text)));
                let right = matches!(self.columns[column].look, Look::Bad | Look::Number);
                let (before, after) = if right { (room.as_str(), "") } else { ("", room.as_str()) };
                write!(out, " {before}")?;
                self.write_cell(text, column, bold, style, out)?;
                write!(out, "{after} {line}")?;
            }
            writeln!(out)?;
        }
        Ok(())
    }

    fn write_cell(&self, text: &str, at: usize, bold: bool, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let ink = match self.columns[at].look {
            _ if text.is_empty() => None,
            _ if bold => Some(Ink::Heading),
            Look::Severity => severity(text).map(Ink::Severity),
            Look::Bad => (text != "0").then_some(Ink::Warning),
            Look::Faint => Some(Ink::Faint),
            Look::Status => match text.chars().next() {
                Some('✘' | 'x') => Some(Ink::Failure),
                Some('!') => Some(Ink::Warning),
                Some('✔' | 'v') => Some(Ink::Success),
                _ => None,
            },
            Look::Plain | Look::Number => None,
        };
        match ink {
            Some(ink) => write!(out, "{}", style.paint(ink, text)),
            None => write!(out, "{text}"),
        }
    }

    /// Writes each row as lines of `title value`.
    fn write_labelled(&self, limit: usize, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let rule = if style.unicode { "─" } else { "-" }.repeat(limit.min(60));
        let labels = self.columns.iter().map(|column| width(column.title)).max().unwrap_or(0);
        // Values beside their labels, or below them where there is hardly room for both.
        let beside = limit >= labels + 2 + 20;
        let room = if beside { limit - labels - 2 } else { limit.saturating_sub(2) };
        for (number, row) in self.rows.iter().chain(&self.footer).enumerate() {
            if number > 0 {
                writeln!(out, "{}", style.paint(Ink::Rule, &rule))?;
            }
            for (at, (column, cell)) in self.columns.iter().zip(row).enumerate() {
                if cell.is_empty() {
                    continue;
                }
                for (line, text) in wrap(cell, room).iter().enumerate() {
                    let label = if line == 0 { column.title } else { "" };
                    if beside {
                        write!(out, "{}  ", style.paint(Ink::Faint, pad(label, labels)))?;
                    } else if line == 0 {
                        write!(out, "{}\n  ", style.paint(Ink::Faint, label))?;
                    } else {
                        write!(out, "  ")?;
                    }
                    self.write_cell(text, at, false, style, out)?;
                    writeln!(out)?;
                }
            }
        }
        writeln!(out, "{}", style.paint(Ink::Rule, &rule))
    }
}

/// Lines of a box: left end, filling, crossing, right end; above the titles, below them, above the footer, below all.
type Box4 = [[&'static str; 4]; 4];
const ROUNDED: Box4 = [["╭", "─", "┬", "╮"], ["├", "─", "┼", "┤"], ["├", "─", "┼", "┤"], ["╰", "─", "┴", "╯"]];
const ASCII: Box4 = [["+", "-", "+", "+"], ["+", "=", "+", "+"], ["+", "-", "+", "+"], ["+", "-", "+", "+"]];

fn write_rule(widths: &[usize], line: &[&str; 4], style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let [left, fill, crossing, right] = line;
    let parts: Vec<String> = widths.iter().map(|width| fill.repeat(width + 2)).collect();
    writeln!(out, "{}", style.paint(Ink::Rule, format!("{left}{}{right}", parts.join(crossing))))
}

fn severity(name: &str) -> Option<Severity> {
    Severity::WORST_FIRST.into_iter().find(|severity| severity.name() == name)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::style::ColorLevel;

    fn grid() -> Grid {
        let mut grid = Grid::new(&[
            Column::new("Severity", Look::Severity),
            Column::flexible("Control name", Look::Plain, 12),
            Column::new("Docs", Look::Faint).optional(),
            Column::new("Failed", Look::Bad),
        ]);
        grid.row(["High", "Privileged container", "https://example.org/c-0057", "3"].map(str::to_owned));
        grid.row(["Low", "日本語の名前", "https://example.org/c-0001", "0"].map(str::to_owned));
        grid.footer(["", "Summary", "", "3"].map(str::to_owned));
        grid
    }

    fn draw(style: Style) -> String {
        let mut out = Vec::new();
        grid().write(&style, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn without_a_limit_nothing_is_broken() {
        assert_eq!(
            draw(Style::plain()),
            "\
╭──────────┬──────────────────────┬────────────────────────────┬────────╮
│ Severity │ Control name         │ Docs                       │ Failed │
├──────────┼──────────────────────┼────────────────────────────┼────────┤
│ High     │ Privileged container │ https://example.org/c-0057 │      3 │
│ Low      │ 日本語の名前         │ https://example.org/c-0001 │      0 │
├──────────┼──────────────────────┼────────────────────────────┼────────┤
│          │ Summary              │                            │      3 │
╰──────────┴──────────────────────┴────────────────────────────┴────────╯
"
        );
    }

    #[test]
    fn a_narrow_terminal_does_without_optional_columns_and_then_breaks_text() {
        let text = draw(Style { width: Some(40), unicode: false, ..Style::plain() });
        assert_eq!(
            text,
            "\
+----------+------------------+--------+
| Severity | Control name     | Failed |
+==========+==================+========+
| High     | Privileged       |      3 |
|          | container        |        |
| Low      | 日本語の名前     |      0 |
+----------+------------------+--------+
|          | Summary          |      3 |
+----------+------------------+--------+
"
        );
    }

    #[test]
    fn a_very_narrow_terminal_gets_labelled_lines() {
        let text = draw(Style { width: Some(30), unicode: false, ..Style::plain() });
        assert!(text.starts_with("Severity\n  High\nControl name\n  Privileged container\nFailed\n  3\n"), "{text}");
        let text = draw(Style { width: Some(34), unicode: false, ..Style::plain() });
        assert!(text.starts_with("Severity      High\nControl name  Privileged container\n"), "{text}");
    }

    #[test]
    fn no_line_is_wider_than_the_terminal_and_colours_change_no_text() {
        for columns in 20..120 {
            let plain = draw(Style { width: Some(columns), ..Style::plain() });
            assert!(plain.lines().all(|line| width(line) <= columns), "{columns}:\n{plain}");
            let coloured = draw(Style { width: Some(columns), color: ColorLevel::Palette, unicode: true });
            let codes = without_codes(&coloured);
            assert_eq!(codes, plain, "{columns}");
        }
    }

    #[test]
    fn cells_are_painted_by_their_column() {
        let text = draw(Style { color: ColorLevel::Palette, ..Style::plain() });
        assert!(text.contains("\x1b[1;38;5;196mHigh\x1b[0m"), "{text}");
        assert!(text.contains("\x1b[1;93m3\x1b[0m"), "a failed resource stands out");
        assert!(!text.contains("\x1b[1;93m0\x1b[0m"), "none does not");
        assert!(text.contains("\x1b[1mSeverity\x1b[0m") && text.contains("\x1b[1mSummary\x1b[0m"));
    }

    fn without_codes(text: &str) -> String {
        let mut out = String::new();
        let mut parts = text.split("\x1b[");
        out.push_str(parts.next().unwrap());
        for part in parts {
            out.push_str(part.split_once('m').unwrap().1);
        }
        out
    }
}
