//! Tables that go on over pages.

use super::font::{Font, encode};
use super::page::{BLACK, LEFT, LINE, Paper, RIGHT, STRIPE, Type, WHITE};
use super::severity_color;
use ks_control::Severity;

const SIZE: f32 = 8.5;
const PADDING: f32 = 5.0;
const GAP: f32 = 5.0;
/// Fewer lines of a row than this are not left alone at the end of a page.
const FEWEST_LINES: usize = 3;

/// A column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) title: &'static str,
    /// In points; 0 for what the others leave.
    pub(super) width: f32,
    pub(super) right: bool,
}

/// What stands in a cell.
#[derive(Debug, Clone)]
pub(super) enum Cell {
    /// Text.
    Text(String),
    /// Text that counts more.
    Strong(String),
    /// Text that leads to an address.
    Link(String, String),
    /// A severity.
    Severity(Severity),
}

impl Cell {
    fn look(&self) -> Type {
        match self {
            Self::Text(_) => Type::new(Font::Regular, SIZE, BLACK),
            Self::Strong(_) => Type::new(Font::Bold, SIZE, BLACK),
            Self::Link(..) => Type::new(Font::Regular, SIZE, super::page::ACCENT),
            Self::Severity(_) => Type::new(Font::Bold, SIZE - 1.0, WHITE),
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Strong(text) | Self::Link(text, _) => text,
            Self::Severity(severity) => severity.name(),
        }
    }
}

/// A table that is being drawn.
pub(super) struct Table {
    columns: Vec<Column>,
    striped: bool,
}

impl Table {
    /// Begins a table with its titles.
    pub(super) fn begin(columns: &[Column], paper: &mut Paper) -> Self {
        let fixed: f32 = columns.iter().map(|column| column.width).sum();
        let mut columns = columns.to_vec();
        for column in &mut columns {
            if column.width == 0.0 {
                column.width = RIGHT - LEFT - fixed;
            }
        }
        let table = Self { columns, striped: false };
        paper.need(60.0);
        table.titles(paper);
        table
    }

    fn titles(&self, paper: &mut Paper) {
        let look = Type::new(Font::Bold, SIZE, BLACK);
        let titles: Vec<Vec<Vec<u8>>> =
            self.columns.iter().map(|column| look.font.wrap(column.title, SIZE, column.width - 2.0 * GAP)).collect();
        let lines = titles.iter().map(Vec::len).max().unwrap_or(1);
        let mut x = LEFT;
        for (column, title) in self.columns.iter().zip(&titles) {
            for (at, line) in title.iter().enumerate() {
                let y = baseline(paper.y, at);
                if column.right {
                    paper.show_right(x + column.width - GAP, y, line, look);
                } else {
                    paper.show(x + GAP, y, line, look);
                }
            }
            x += column.width;
        }
        paper.y += height(lines);
        paper.rule(LEFT, paper.y, RIGHT - LEFT, BLACK);
        paper.y += 0.7;
    }

    /// Draws a row. What does not fit on the page goes on below the titles on the next one.
    pub(super) fn row(&mut self, cells: &[Cell], paper: &mut Paper) {
        let wrapped: Vec<Vec<Vec<u8>>> = cells
            .iter()
            .zip(&self.columns)
            .map(|(cell, column)| cell.look().font.wrap(cell.text(), cell.look().size, column.width - 2.0 * GAP))
            .collect();
        let total = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        let mut from = 0;
        while from < total {
            let few = (total - from).min(FEWEST_LINES);
            if paper.need(height(few)) {
                self.titles(paper);
            }
            let mut lines = few;
            while from + lines < total && paper.fits(height(lines + 1)) {
                lines += 1;
            }
            self.part(cells, &wrapped, from..from + lines, paper);
            from += lines;
        }
        paper.rule(LEFT, paper.y - 0.35, RIGHT - LEFT, LINE);
        self.striped = !self.striped;
    }

    fn part(&self, cells: &[Cell], wrapped: &[Vec<Vec<u8>>], lines: std::ops::Range<usize>, paper: &mut Paper) {
        if self.striped {
            paper.rectangle(LEFT, paper.y, RIGHT - LEFT, height(lines.len()), STRIPE);
        }
        let mut x = LEFT;
        for ((cell, column), text) in cells.iter().zip(&self.columns).zip(wrapped) {
            for (at, line) in text.iter().skip(lines.start).take(lines.len()).enumerate() {
                let y = baseline(paper.y, at);
                let width = cell.look().width(line);
                match cell {
                    Cell::Severity(severity) => badge(*severity, x + GAP, y, paper),
                    _ if column.right => paper.show_right(x + column.width - GAP, y, line, cell.look()),
                    _ => paper.show(x + GAP, y, line, cell.look()),
                }
                if let Cell::Link(_, address) = cell {
                    paper.link(x + GAP, y - SIZE, width, SIZE + 2.0, address);
                }
            }
            x += column.width;
        }
        paper.y += height(lines.len());
    }
}

fn height(lines: usize) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "few lines")]
    let lines = lines as f32;
    lines * SIZE * 1.3 + PADDING
}

fn baseline(top: f32, line: usize) -> f32 {
    top + height(line) - PADDING / 2.0 + SIZE
}

/// A severity on its colour, with its baseline at `y`. Gives its width.
pub(super) fn badge(severity: Severity, x: f32, y: f32, paper: &mut Paper) {
    let look = Cell::Severity(severity).look();
    let text = encode(severity.name());
    let width = look.width(&text);
    paper.rounded(x, y - SIZE + 0.6, width + 10.0, SIZE + 2.4, 5.0, severity_color(severity));
    paper.show(x + 5.0, y - 0.2, &text, look);
}
