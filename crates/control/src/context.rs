//! What a check may know besides the object.

use crate::Signatures;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ks_object::Tree;
use regex::{Regex, RegexSet, RegexSetBuilder};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What a check may know besides the object.
#[derive(Debug, Default)]
pub struct Context {
    /// The inputs that people may set.
    pub inputs: Inputs,
    /// `eks`, `gke`, `aks`, … or empty.
    pub cloud_provider: String,
    /// Whether improved verdicts are asked for (`--strict`).
    pub strict: bool,
    /// Reads YAML that stands inside an object as text. The kit has no parser of its own: binaries set it.
    pub parse_yaml: Option<fn(&str) -> Option<Tree>>,
    /// Answers questions about image signatures; `None` in scans without registry access.
    pub signatures: Option<Box<dyn Signatures + Send + Sync>>,
}

impl Context {
    /// The document of a YAML text; `None` when it is not valid.
    #[must_use]
    pub fn yaml(&self, text: &str) -> Option<Tree> {
        self.parse_yaml?(text)
    }
}

/// The text that a base64 text stands for, as Secrets and host data carry files; bytes that are no text become
/// replacement characters. Line breaks do not count.
#[must_use]
pub fn decode_base64(text: &str) -> Option<String> {
    // Looks before it allocates: hardly any text that is asked about is base64.
    let is_symbol = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=\n\r".contains(&byte);
    if !text.bytes().all(is_symbol) {
        return None;
    }
    let bytes = if text.contains(['\n', '\r']) {
        STANDARD.decode(text.replace(['\n', '\r'], ""))
    } else {
        STANDARD.decode(text)
    };
    Some(String::from_utf8_lossy(&bytes.ok()?).into_owned())
}

/// Control inputs: lists of texts by key.
#[derive(Debug, Default)]
pub struct Inputs {
    lists: BTreeMap<String, InputList>,
}

/// The values of one input, with what is derived of them computed once.
#[derive(Debug, Default)]
pub struct InputList {
    values: Vec<String>,
    lower: OnceLock<Vec<String>>,
    patterns: OnceLock<Vec<Regex>>,
    patterns_any_case: OnceLock<Vec<Regex>>,
    set_any_case: OnceLock<RegexSet>,
    texts_any_case: OnceLock<Option<Regex>>,
}

impl Inputs {
    /// Inputs of key and values.
    #[must_use]
    pub fn new(lists: impl IntoIterator<Item = (String, Vec<String>)>) -> Self {
        let list = |(key, values)| (key, InputList { values, ..InputList::default() });
        Self { lists: lists.into_iter().map(list).collect() }
    }

    /// The values of an input, `None` when the key is not set at all.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&[String]> {
        self.lists.get(key).map(|list| list.values.as_slice())
    }

    /// The values of an input; a key that is not set has none.
    #[must_use]
    pub fn values(&self, key: &str) -> &[String] {
        self.get(key).unwrap_or_default()
    }

    /// The values of an input in lower case.
    #[must_use]
    pub fn lower(&self, key: &str) -> &[String] {
        let lower = |list: &InputList| list.values.iter().map(|value| value.to_lowercase()).collect();
        self.lists.get(key).map_or(&[], |list| list.lower.get_or_init(|| lower(list)))
    }

    /// The values of an input as regular expressions; an invalid one matches nothing.
    #[must_use]
    pub fn patterns(&self, key: &str) -> &[Regex] {
        self.lists.get(key).map_or(&[], |list| list.patterns.get_or_init(|| compile(&list.values, "")))
    }

    /// [`Inputs::patterns`] that ignore case.
    #[must_use]
    pub fn patterns_any_case(&self, key: &str) -> &[Regex] {
        self.lists.get(key).map_or(&[], |list| list.patterns_any_case.get_or_init(|| compile(&list.values, "(?i)")))
    }

    /// Whether any value of an input, read as a regular expression that ignores case, matches a text. One pass over
    /// the text, however many values there are.
    #[must_use]
    pub fn matches_any_case(&self, key: &str, text: &str) -> bool {
        let Some(list) = self.lists.get(key) else { return false };
        let valid = || list.values.iter().filter(|value| Regex::new(value).is_ok());
        let set = || RegexSetBuilder::new(valid()).case_insensitive(true).build().unwrap_or_default();
        list.set_any_case.get_or_init(set).is_match(text)
    }

    /// Whether any value of an input stands somewhere in a text, in whatever case. Lower-cases nothing.
    #[must_use]
    pub fn found_in(&self, key: &str, text: &str) -> bool {
        let Some(list) = self.lists.get(key) else { return false };
        let compile = || {
            let texts: Vec<_> = list.values.iter().map(|value| regex::escape(value)).collect();
            (!texts.is_empty()).then(|| Regex::new(&format!("(?i){}", texts.join("|"))).ok()).flatten()
        };
        list.texts_any_case.get_or_init(compile).as_ref().is_some_and(|texts| texts.is_match(text))
    }

    /// Every key with its values, sorted by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.lists.iter().map(|(key, list)| (key.as_str(), list.values.as_slice()))
    }
}

fn compile(values: &[String], flags: &str) -> Vec<Regex> {
    values.iter().filter_map(|value| Regex::new(&format!("{flags}{value}")).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Inputs, decode_base64};

    fn inputs(values: &[&str]) -> Inputs {
        Inputs::new([("key".to_owned(), values.iter().map(|&value| value.to_owned()).collect())])
    }

    #[test]
    fn texts_are_found_in_any_case() {
        let inputs = inputs(&["pass", "a.b"]);
        assert!(inputs.found_in("key", "DB_PASSWORD"));
        assert!(inputs.found_in("key", "xA.By"));
        assert!(!inputs.found_in("key", "axb"));
        assert!(!inputs.found_in("other", "pass"));
    }

    #[test]
    fn base64_may_have_line_breaks_and_bytes_that_are_no_text() {
        assert_eq!(decode_base64("Zm9v\nYmFy\r\n").as_deref(), Some("foobar"));
        assert_eq!(decode_base64("/w==").as_deref(), Some("\u{fffd}"));
        assert_eq!(decode_base64("Zm9v YmFy"), None);
        assert_eq!(decode_base64("Zm9"), None);
    }

    #[test]
    fn an_input_without_values_is_found_nowhere() {
        assert!(!inputs(&[]).found_in("key", "anything"));
        assert!(!inputs(&[]).matches_any_case("key", "anything"));
    }

    #[test]
    fn invalid_patterns_do_not_hide_valid_ones() {
        let inputs = inputs(&["(", "bear(er)?"]);
        assert!(inputs.matches_any_case("key", "Bearer x"));
        assert!(!inputs.matches_any_case("key", "("));
    }
}
