//! What looks like a credential, by the inputs that say so.

use ks_control::Inputs;

/// The inputs that the functions here read.
pub(crate) const INPUTS: &[&str] =
    &["sensitiveKeyNames", "sensitiveKeyNamesAllowed", "sensitiveValues", "sensitiveValuesAllowed"];

/// Whether a name says that its value is a credential.
pub(crate) fn is_name(name: &str, inputs: &Inputs) -> bool {
    inputs.found_in("sensitiveKeyNames", name)
}

/// Whether people have said that this name or value is harmless.
pub(crate) fn is_allowed(name: &str, value: &str, inputs: &Inputs) -> bool {
    inputs.found_in("sensitiveKeyNamesAllowed", name) || matches(value, "sensitiveValuesAllowed", inputs)
}

/// Whether a text matches one of an input's regular expressions.
pub(crate) fn matches(text: &str, input: &str, inputs: &Inputs) -> bool {
    inputs.patterns(input).iter().any(|pattern| pattern.is_match(text))
}
