//! How the terminal report looks on this terminal.

use crate::args::Color;
use ks_report::{ColorChoice, Style, Surroundings};
use std::io::IsTerminal;

/// The style for standard output.
pub(crate) fn of_stdout(color: Color) -> Style {
    let choice = match color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    };
    let is_tty = std::io::stdout().is_terminal();
    let width = is_tty.then(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))).flatten();
    Style::detect(&Surroundings { env: &|name| std::env::var(name).ok(), is_tty, width, choice })
}
