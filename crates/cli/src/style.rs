//! How the terminal report looks on this terminal.

use crate::args::Color;
use ks_report::Style;
use std::io::IsTerminal;

/// The style for standard output.
pub(crate) fn of_stdout(color: Color) -> Style {
    let choice = match color {
        Color::Auto => None,
        Color::Always => Some(true),
        Color::Never => Some(false),
    };
    let is_terminal = std::io::stdout().is_terminal();
    let width = is_terminal.then(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))).flatten();
    Style::detect(&|name| std::env::var(name).ok(), is_terminal, width, choice)
}
