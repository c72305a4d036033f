//! The inputs that people set.

use ks_control::{InputDefault, Inputs};
use std::collections::BTreeMap;

/// Why a control-inputs file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputsError {
    /// The text is no map of lists of texts.
    #[error("not a flat JSON object of string lists such as {{\"insecureCapabilities\": [\"NET_ADMIN\"]}}: {0}")]
    Format(#[from] serde_json::Error),
}

/// The library's defaults.
#[must_use]
pub fn defaults(library: &[InputDefault]) -> BTreeMap<String, Vec<String>> {
    let texts = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    library.iter().map(|input| (input.key.to_owned(), texts(input.values))).collect()
}

/// Reads a control-inputs file. It replaces the defaults as a whole.
///
/// # Errors
/// When the text is no map of lists of texts.
pub fn read(text: &str) -> Result<BTreeMap<String, Vec<String>>, InputsError> {
    Ok(serde_json::from_str(text)?)
}

/// Inputs as rules see them.
#[must_use]
pub fn inputs(values: &BTreeMap<String, Vec<String>>) -> Inputs {
    Inputs::new(values.iter().map(|(key, list)| (key.clone(), list.clone())))
}
