//! What a check may know besides the object.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ks_object::Tree;
use regex::Regex;
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
}

impl Context {
    /// The document of a YAML text; `None` when it is not valid.
    #[must_use]
    pub fn yaml(&self, text: &str) -> Option<Tree> {
        self.parse_yaml?(text)
    }
}

/// The text that a base64 text stands for, as Secrets and host data carry files. Line breaks in it do not count.
#[must_use]
pub fn decode_base64(text: &str) -> Option<String> {
    let bytes = if text.contains(['\n', '\r']) {
        STANDARD.decode(text.replace(['\n', '\r'], ""))
    } else {
        STANDARD.decode(text)
    };
    String::from_utf8(bytes.ok()?).ok()
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

    /// Every key with its values, sorted by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.lists.iter().map(|(key, list)| (key.as_str(), list.values.as_slice()))
    }
}

fn compile(values: &[String], flags: &str) -> Vec<Regex> {
    values.iter().filter_map(|value| Regex::new(&format!("{flags}{value}")).ok()).collect()
}
