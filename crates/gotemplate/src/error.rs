//! What goes wrong in templates.

use crate::limits::Limit;

/// Why a template cannot be parsed or executed. The message is in the form of Go's own:
/// `template: NAME:LINE:COLUMN: executing "NAME" at <NODE>: …`, where the first name is that of the outermost template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What kind of failure it is.
    pub kind: ErrorKind,
    /// Where it happened and what.
    pub message: String,
}

/// Kinds of failures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// A template cannot be parsed.
    Parse,
    /// A template failed while it was executed.
    Execute,
    /// A limit was reached.
    Limit(Limit),
}

/// Why a function failed: what [`Error`] is without its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// What the function says.
    #[error("{0}")]
    Message(String),
    /// A limit was reached.
    #[error("{0}")]
    Limit(#[from] Limit),
    /// A template that the function ran failed.
    #[error("{0}")]
    Nested(Error),
}

impl Failure {
    /// A failure with this message.
    pub fn new(message: impl Into<String>) -> Self {
        Self::Message(message.into())
    }

    pub(crate) fn kind(&self) -> ErrorKind {
        match self {
            Self::Message(_) => ErrorKind::Execute,
            Self::Limit(limit) => ErrorKind::Limit(*limit),
            Self::Nested(error) => match error.kind {
                ErrorKind::Parse => ErrorKind::Execute,
                kind => kind,
            },
        }
    }
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self::Message(message)
    }
}

impl From<&str> for Failure {
    fn from(message: &str) -> Self {
        Self::Message(message.to_owned())
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Nested(error)
    }
}
