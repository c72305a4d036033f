//! Signatures of images: the one thing that checks ask the world about.

use std::fmt;

/// Answers questions about image signatures. A scan with registry access supplies it; checks themselves do no IO.
pub trait Signatures: fmt::Debug {
    /// Whether an image is signed by anybody.
    ///
    /// # Errors
    /// When its registry gives no answer.
    fn has_signature(&self, image: &str) -> Result<bool, SignatureError>;

    /// Whether an image is signed with the private part of this PEM-encoded public key.
    ///
    /// # Errors
    /// When its registry gives no answer or the key is none.
    fn verify(&self, image: &str, key: &str) -> Result<bool, SignatureError>;
}

/// Why nothing is known about an image's signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureError(pub String);

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "looking up image signatures: {}", self.0)
    }
}

impl std::error::Error for SignatureError {}
