//! How the terminal report may look: colours, width and characters.
//!
//! Nothing here asks the terminal or the environment. The caller hands in what it knows, so that the rules can be
//! tested and a service can print for somebody else's terminal.

use ks_control::Severity;
use std::fmt;

/// How many colours the reader's terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum ColorLevel {
    /// No escape sequences at all.
    #[default]
    None,
    /// The sixteen colours that every terminal knows.
    Basic,
    /// 256 colours.
    Palette,
}

/// What `--color` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColorChoice {
    /// Colours when the environment and the terminal agree.
    #[default]
    Auto,
    /// Colours even into a pipe.
    Always,
    /// No colours.
    Never,
}

/// What is known about the place that the report goes to.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// `--color`
    pub choice: ColorChoice,
    /// Looks up an environment variable.
    pub env: &'a dyn Fn(&str) -> Option<String>,
    /// Whether the report goes to a terminal.
    pub is_tty: bool,
    /// The terminal's width in columns, when it has one.
    pub width: Option<usize>,
}

/// How the terminal report may look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// How many colours there are.
    pub color: ColorLevel,
    /// How many columns there are; `None` for no limit, as in files and pipes.
    pub width: Option<usize>,
    /// Whether characters beyond ASCII may be used for lines and signs.
    pub unicode: bool,
}

/// What a piece of text is, which decides how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    /// A title.
    Heading,
    /// Lines between parts.
    Rule,
    /// Something failed.
    Failure,
    /// Something to look at.
    Warning,
    /// Something is fine.
    Success,
    /// Less important than the rest.
    Faint,
    /// The name of a thing that the reader looks for.
    Strong,
    /// A line or count that a fix takes away.
    Removed,
    /// A line that a fix adds.
    Added,
    /// A severity.
    Severity(Severity),
}

impl Style {
    /// For files: no colours and no limit.
    #[must_use]
    pub const fn plain() -> Self {
        Self { color: ColorLevel::None, width: None, unicode: true }
    }

    /// What suits the surroundings: `--color` wins over `FORCE_COLOR`, that over `NO_COLOR`, that over the terminal.
    #[must_use]
    pub fn detect(around: &Surroundings<'_>) -> Self {
        let columns = (around.env)("COLUMNS").and_then(|text| text.trim().parse().ok()).filter(|&columns| columns > 0);
        Self { color: color(around), width: columns.or(around.width), unicode: unicode(around) }
    }

    /// Text in an ink, for printing.
    pub(crate) fn paint<T: fmt::Display>(&self, ink: Ink, text: T) -> Painted<T> {
        Painted { codes: self.codes(ink), text }
    }

    /// The select-graphic-rendition codes of an ink; empty for none.
    fn codes(&self, ink: Ink) -> &'static str {
        let palette = match self.color {
            ColorLevel::None => return "",
            ColorLevel::Basic => false,
            ColorLevel::Palette => true,
        };
        match ink {
            Ink::Heading | Ink::Strong => "1",
            Ink::Rule if palette => "38;5;238",
            Ink::Rule | Ink::Faint => "2",
            Ink::Failure => "1;91",
            Ink::Warning => "1;93",
            Ink::Success | Ink::Added => "32",
            Ink::Removed => "31",
            Ink::Severity(severity) if palette => match severity {
                Severity::Critical => "1;38;5;1",
                Severity::High => "1;38;5;196",
                Severity::Medium => "1;38;5;166",
                Severity::Low => "1;38;5;220",
                // Black, as one might expect here, cannot be read on most terminals.
                Severity::Unknown => "1;38;5;245",
            },
            Ink::Severity(severity) => match severity {
                Severity::Critical => "1;31",
                Severity::High => "1;91",
                Severity::Medium => "1;33",
                Severity::Low => "1;93",
                Severity::Unknown => "1",
            },
        }
    }
}

fn color(around: &Surroundings<'_>) -> ColorLevel {
    let set = |name| (around.env)(name).filter(|value| !value.is_empty());
    match around.choice {
        ColorChoice::Never => return ColorLevel::None,
        ColorChoice::Always => return of_terminal(around).max(ColorLevel::Basic),
        ColorChoice::Auto => {}
    }
    // An empty FORCE_COLOR asks for colours, an empty NO_COLOR for nothing.
    if let Some(force) = (around.env)("FORCE_COLOR") {
        return match force.as_str() {
            "0" | "false" => ColorLevel::None,
            "1" => ColorLevel::Basic,
            "2" | "3" => ColorLevel::Palette,
            _ => of_terminal(around).max(ColorLevel::Basic),
        };
    }
    if set("NO_COLOR").is_some() || !around.is_tty {
        return ColorLevel::None;
    }
    of_terminal(around)
}

/// What the terminal can do by its name.
fn of_terminal(around: &Surroundings<'_>) -> ColorLevel {
    let env = |name| (around.env)(name).unwrap_or_default();
    let term = env("TERM");
    if term == "dumb" {
        ColorLevel::None
    } else if matches!(env("COLORTERM").as_str(), "truecolor" | "24bit") || term.contains("256") {
        ColorLevel::Palette
    } else {
        ColorLevel::Basic
    }
}

/// Whether the locale's characters go beyond ASCII. Containers rarely set a locale and their logs are read as UTF-8,
/// so that only a locale that says otherwise counts.
fn unicode(around: &Surroundings<'_>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| (around.env)(name).filter(|v| !v.is_empty()));
    locale.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

/// Text between its escape sequences.
pub(crate) struct Painted<T> {
    codes: &'static str,
    text: T,
}

impl<T: fmt::Display> fmt::Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.codes.is_empty() { self.text.fmt(f) } else { write!(f, "\x1b[{}m{}\x1b[0m", self.codes, self.text) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(choice: ColorChoice, is_tty: bool, vars: &[(&str, &str)]) -> ColorLevel {
        detect(choice, is_tty, vars).color
    }

    fn detect(choice: ColorChoice, is_tty: bool, vars: &[(&str, &str)]) -> Style {
        let env = |name: &str| vars.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Style::detect(&Surroundings { choice, env: &env, is_tty, width: is_tty.then_some(100) })
    }

    #[test]
    fn a_terminal_gets_the_colours_it_has() {
        use ColorChoice::Auto;
        assert_eq!(level(Auto, true, &[("TERM", "xterm")]), ColorLevel::Basic);
        assert_eq!(level(Auto, true, &[("TERM", "xterm-256color")]), ColorLevel::Palette);
        assert_eq!(level(Auto, true, &[("TERM", "xterm"), ("COLORTERM", "truecolor")]), ColorLevel::Palette);
        assert_eq!(level(Auto, true, &[("TERM", "dumb")]), ColorLevel::None);
        assert_eq!(level(Auto, false, &[("TERM", "xterm-256color")]), ColorLevel::None);
    }

    #[test]
    fn force_color_wins_over_no_color_and_both_over_the_terminal() {
        use ColorChoice::Auto;
        assert_eq!(level(Auto, true, &[("NO_COLOR", "1")]), ColorLevel::None);
        assert_eq!(level(Auto, true, &[("NO_COLOR", "")]), ColorLevel::Basic);
        assert_eq!(level(Auto, false, &[("FORCE_COLOR", "1"), ("NO_COLOR", "1")]), ColorLevel::Basic);
        assert_eq!(level(Auto, false, &[("FORCE_COLOR", "3")]), ColorLevel::Palette);
        assert_eq!(level(Auto, true, &[("FORCE_COLOR", "0"), ("TERM", "xterm-256color")]), ColorLevel::None);
        assert_eq!(level(Auto, false, &[("FORCE_COLOR", "true"), ("TERM", "xterm-256color")]), ColorLevel::Palette);
        assert_eq!(level(Auto, false, &[("FORCE_COLOR", ""), ("TERM", "dumb")]), ColorLevel::Basic);
    }

    #[test]
    fn the_flag_wins_over_everything() {
        assert_eq!(level(ColorChoice::Never, true, &[("FORCE_COLOR", "3")]), ColorLevel::None);
        assert_eq!(level(ColorChoice::Always, false, &[("NO_COLOR", "1")]), ColorLevel::Basic);
    }

    #[test]
    fn a_locale_without_utf8_gets_ascii_and_columns_win_over_the_terminal() {
        assert!(detect(ColorChoice::Auto, true, &[]).unicode);
        assert!(detect(ColorChoice::Auto, true, &[("LANG", "de_DE.UTF-8")]).unicode);
        assert!(!detect(ColorChoice::Auto, true, &[("LANG", "de_DE.UTF-8"), ("LC_ALL", "C")]).unicode);
        assert_eq!(detect(ColorChoice::Auto, true, &[("COLUMNS", "60")]).width, Some(60));
        assert_eq!(detect(ColorChoice::Auto, true, &[("COLUMNS", "x")]).width, Some(100));
        assert_eq!(detect(ColorChoice::Auto, false, &[]).width, None);
    }

    #[test]
    fn plain_text_has_no_escapes() {
        assert_eq!(Style::plain().paint(Ink::Failure, "no").to_string(), "no");
        let style = Style { color: ColorLevel::Palette, ..Style::plain() };
        assert_eq!(style.paint(Ink::Severity(Severity::High), "High").to_string(), "\x1b[1;38;5;196mHigh\x1b[0m");
    }
}
