//! Why a document cannot be read.

use crate::Limits;
use granit_parser::{ErrorKind, ScanError};

/// Why a document cannot be read, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct Problem {
    /// The line in the file, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// What is wrong and what to do.
    pub message: String,
}

impl Problem {
    pub(crate) fn new(line: u32, column: u32, message: impl Into<String>) -> Self {
        Self { line, column, message: message.into() }
    }
}

pub(crate) const TAB: &str = "a tab stands where YAML wants spaces; indent with spaces";

pub(crate) fn too_deep(limits: Limits) -> String {
    format!("nested more than {} levels deep; flatten the document", limits.max_depth)
}

pub(crate) fn too_many_values(limits: Limits) -> String {
    format!("more than {} values, aliases counted in full; split the document", limits.max_values)
}

/// Says a parser error in the words of somebody who has to mend the file.
pub(crate) fn explain(error: &ScanError, limits: Limits) -> String {
    let text = match error.kind() {
        ErrorKind::RecursionLimitExceeded => return too_deep(limits),
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart => TAB,
        ErrorKind::UnknownAnchor => "an alias names an anchor that does not stand before it; define `&name` first",
        ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => {
            "a quoted text is not closed; add the closing quote"
        }
        ErrorKind::MappingValueNotAllowed => {
            "a `:` stands where no mapping can begin; check the indentation or quote the text"
        }
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            "a line is no `key: value` although its neighbours are; check the indentation and the `:`"
        }
        ErrorKind::ExpectedBlockSequenceEntry | ErrorKind::BlockSequenceEntryNotAllowed => {
            "list items and other lines are mixed; check the indentation and the `- `"
        }
        ErrorKind::UnexpectedCharacter { character } => {
            return match character {
                '@' | '`' | '%' | '|' | '>' => format!("a text cannot begin with `{character}`; quote it"),
                other => format!("unexpected character `{}`; quote the text or remove it", other.escape_default()),
            };
        }
        ErrorKind::UnknownQuotedScalarEscape => {
            "a double-quoted text has an unknown escape; double the backslash or use single quotes"
        }
        _ => {
            let said = error.info();
            return format!("{}; mend the YAML syntax", said.trim_end_matches('.'));
        }
    };
    text.to_owned()
}
