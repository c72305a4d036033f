//! JSON in the one form that hashes are made of, and the hashes that names get.

use crate::resource::Resource;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

/// The suffix for the name of an object: ten characters that change with its content.
pub(crate) fn name_hash(resource: &Resource) -> String {
    let field = |key: &str| resource.value.get(key).cloned();
    let text = |key: &str| field(key).unwrap_or_else(|| json!(""));
    // Missing data counts as empty text, and the name never counts: it is what the hash is for.
    let mut hashed = Map::new();
    match resource.gvk().kind.as_str() {
        "ConfigMap" => {
            hashed.insert("kind".to_owned(), json!("ConfigMap"));
            hashed.insert("name".to_owned(), json!(""));
            hashed.insert("data".to_owned(), text("data"));
            if let Some(binary) = field("binaryData") {
                hashed.insert("binaryData".to_owned(), binary);
            }
        }
        "Secret" => {
            hashed.insert("kind".to_owned(), json!("Secret"));
            hashed.insert("name".to_owned(), json!(""));
            hashed.insert("type".to_owned(), text("type"));
            hashed.insert("data".to_owned(), text("data"));
            if let Some(strings) = field("stringData") {
                hashed.insert("stringData".to_owned(), strings);
            }
        }
        _ => return encode(&json(&resource.value)),
    }
    encode(&json(&Value::Object(hashed)))
}

/// Compact JSON with keys in byte order and Go's escapes.
pub(crate) fn json(value: &Value) -> String {
    let mut out = String::new();
    if let Some(root) = ks_object::from_json(value).root() {
        ks_object::write_json(root, &mut out);
    }
    out
}

/// The first ten digits of the SHA-256 in hexadecimal, with those replaced that could spell words.
fn encode(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .take(10)
        .map(|digit| match digit {
            0 => 'g',
            1 => 'h',
            3 => 'k',
            0xa => 'm',
            0xe => 't',
            digit => char::from_digit(u32::from(digit), 16).unwrap_or('0'),
        })
        .collect()
}
