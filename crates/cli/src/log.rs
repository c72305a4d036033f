//! Messages to people and log collectors, always on standard error.

use jiff::Timestamp;
use std::io::{IsTerminal, Write};

/// How bad a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Debug,
    Info,
    Success,
    Warning,
    Error,
    Fatal,
}

/// How messages look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Icon,
    Pretty,
    Json,
    None,
}

/// Writes messages of at least one level.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Log {
    level: Level,
    look: Look,
}

impl Level {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Debug, "debug"),
        (Self::Info, "info"),
        (Self::Success, "success"),
        (Self::Warning, "warning"),
        (Self::Error, "error"),
        (Self::Fatal, "fatal"),
    ];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(level, _)| *level == self).map_or("", |(_, name)| name)
    }
}

impl Log {
    /// A log of the level and look with these names.
    pub(crate) fn new(level: &str, look: Option<&str>) -> anyhow::Result<Self> {
        let known = || Level::ALL.map(|(_, name)| name).join(", ");
        let found = Level::ALL.iter().find(|(_, name)| name.eq_ignore_ascii_case(level));
        let Some((level, _)) = found else { anyhow::bail!("unknown log level {level:?}; levels are {}", known()) };
        let look = match look {
            Some("pretty" | "colorful") => Look::Pretty,
            Some("icon" | "emoji") => Look::Icon,
            Some("zap" | "slog") => Look::Json,
            Some("none" | "mock" | "empty" | "ignore") => Look::None,
            Some(other) => anyhow::bail!("unknown logger {other:?}; loggers are icon, pretty, zap, slog, none"),
            None if std::io::stdout().is_terminal() => Look::Icon,
            None => Look::Json,
        };
        Ok(Self { level: *level, look })
    }

    /// Whether messages below warnings are wanted.
    pub(crate) fn is_talkative(&self) -> bool {
        self.level < Level::Warning
    }

    pub(crate) fn info(&self, message: &str, details: &[(&str, &str)]) {
        self.write(Level::Info, message, details);
    }

    pub(crate) fn success(&self, message: &str, details: &[(&str, &str)]) {
        self.write(Level::Success, message, details);
    }

    pub(crate) fn warn(&self, message: &str, details: &[(&str, &str)]) {
        self.write(Level::Warning, message, details);
    }

    fn write(&self, level: Level, message: &str, details: &[(&str, &str)]) {
        if level < self.level || self.look == Look::None {
            return;
        }
        let mut line = String::new();
        match self.look {
            Look::Json => {
                let mut object = serde_json::Map::new();
                object.insert("level".to_owned(), level.name().into());
                object.insert(
                    "ts".to_owned(),
                    Timestamp::now().round(jiff::Unit::Second).unwrap_or_default().to_string().into(),
                );
                object.insert("msg".to_owned(), message.into());
                object.extend(details.iter().map(|(key, value)| ((*key).to_owned(), (*value).into())));
                line.push_str(&serde_json::Value::Object(object).to_string());
            }
            Look::Icon | Look::Pretty => {
                let mark = match (self.look, level) {
                    (Look::Pretty, level) => format!("[{}] ", level.name()),
                    (_, Level::Debug) => "🐞 ".to_owned(),
                    (_, Level::Info) => "ℹ️  ".to_owned(),
                    (_, Level::Success) => "✅ ".to_owned(),
                    (_, Level::Warning) => "❗ ".to_owned(),
                    (_, Level::Error | Level::Fatal) => "❌ ".to_owned(),
                };
                line.push_str(&mark);
                line.push_str(message);
                line.push_str(if details.is_empty() { "" } else { ". " });
                let details: Vec<_> = details.iter().map(|(key, value)| format!("{key}: {value}")).collect();
                line.push_str(&details.join("; "));
            }
            Look::None => {}
        }
        line.push('\n');
        // A closed standard error is nobody's loss.
        let _ = std::io::stderr().lock().write_all(line.as_bytes());
    }
}
