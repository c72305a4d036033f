//! Resource ids: what clients join reports on.

use crate::Object;

/// The id of an object: `<group>/<version>/<namespace>/<kind>/<name>`, with an empty group for core kinds.
#[must_use]
pub fn resource_id(object: &Object<'_>) -> String {
    let namespace = object.namespace().unwrap_or_default();
    let name = object.name().unwrap_or_default();
    format!("{}/{}/{namespace}/{}/{name}", object.group(), object.version(), object.kind())
}

/// What stands before the id of an object that was read from a file: `path=<hash>/api=`, where the hash is the
/// 32-bit FNV-1a of `<relative path>:<document index>` in decimal.
#[must_use]
pub fn file_prefix(relative_path: &str, document: u32) -> String {
    let text = format!("{relative_path}:{document}");
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("path={hash}/api=")
}

/// The id of an object that stands for several: the ids of its related objects and its own, sorted bytewise.
///
/// `own` is `<apiVersion or apiGroup or nothing>/<namespace>/<kind>/<name>`.
#[must_use]
pub fn vector_id(own: String, related: impl IntoIterator<Item = String>) -> String {
    let mut parts: Vec<String> = related.into_iter().collect();
    parts.push(own);
    parts.sort_unstable();
    parts.join("/")
}
