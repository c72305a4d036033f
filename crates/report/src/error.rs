//! What can go wrong while a report is written.

use std::io;

/// A report could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// What the report is written to refuses it: a full disk, a closed pipe.
    #[error("cannot write the report")]
    Write(#[from] io::Error),
    /// An object that was set aside during the scan cannot be read back.
    #[error(
        "cannot read back the object {id}: free space for temporary files, or leave raw resources out of the report"
    )]
    Object {
        /// The id of the resource.
        id: String,
        /// Why.
        source: io::Error,
    },
    /// A part of the report cannot be put into its format.
    #[error("cannot encode {part}")]
    Encode {
        /// Which part.
        part: String,
        /// Why.
        source: serde_json::Error,
    },
}
