//! Why a scan cannot begin.

use std::io;

/// Why the inputs of a scan cannot be found.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// What was named does not exist.
    #[error("{input}: no such file or folder; check the path")]
    NotFound {
        /// The input as it was given.
        input: String,
    },
    /// What was named cannot be read.
    #[error("{input} cannot be read; check its permissions")]
    Unreadable {
        /// The input as it was given.
        input: String,
        /// Why.
        source: io::Error,
    },
    /// What was named is a device, a pipe or a socket.
    #[error("{input} is neither a file nor a folder; pipe its content to `-` instead")]
    Special {
        /// The input as it was given.
        input: String,
    },
    /// A single file has no extension of a manifest.
    #[error("{input} is no .yaml, .yml or .json file; rename it or pipe its content to `-`")]
    Extension {
        /// The input as it was given.
        input: String,
    },
    /// A glob is malformed.
    #[error("{input} is no valid glob: {reason}")]
    Glob {
        /// The input as it was given.
        input: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A glob matches nothing.
    #[error("{input} matches no .yaml, .yml or .json file; check the pattern and what is excluded")]
    NoMatch {
        /// The input as it was given.
        input: String,
    },
    /// A pattern of `--exclude-path` is malformed.
    #[error("--exclude-path: {pattern:?} is no valid pattern: {reason}")]
    Exclude {
        /// The pattern as it was given.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Standard input was named beside other inputs.
    #[error("`-` (standard input) cannot be mixed with other inputs; scan them one after the other")]
    StdinMixed,
    /// Standard input cannot be read.
    #[error("standard input cannot be read")]
    Stdin(#[source] io::Error),
    /// Standard input is too large.
    #[error("standard input is larger than {limit} bytes; split it or raise KUBESCAPE_MAX_FILE_SIZE")]
    StdinTooLarge {
        /// The limit.
        limit: u64,
    },
}
