//! Licence statements.

use sha2::{Digest, Sha256};

/// What stands for a licence text that nobody named.
pub(crate) fn text_digest(text: &[u8]) -> String {
    Sha256::digest(text).iter().fold(String::from("sha256:"), |out, byte| out + &format!("{byte:02x}"))
}
