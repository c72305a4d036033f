//! Package URLs, <https://github.com/package-url/purl-spec>.

use crate::model::Distro;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Puts a package URL together; empty parts are left out.
pub(crate) fn purl(kind: &str, namespace: &str, name: &str, version: &str, qualifiers: &[(&str, &str)]) -> String {
    let mut text = format!("pkg:{kind}/");
    for part in namespace.split('/').filter(|part| !part.is_empty()) {
        text += &encode(part);
        text.push('/');
    }
    text += &name.split('/').map(encode).collect::<Vec<_>>().join("/");
    if !version.is_empty() {
        let _ = write!(text, "@{}", encode(version));
    }
    let sorted: BTreeMap<&str, &str> = qualifiers.iter().copied().filter(|(_, value)| !value.is_empty()).collect();
    for (index, (key, value)) in sorted.iter().enumerate() {
        let _ = write!(text, "{}{key}={}", if index == 0 { '?' } else { '&' }, encode(value));
    }
    text
}

/// The `distro` qualifier.
pub(crate) fn distro_qualifier(distro: &Distro) -> String {
    let version = if distro.version_id.is_empty() { &distro.build_id } else { &distro.version_id };
    match version.as_str() {
        "" => distro.id.clone(),
        version => format!("{}-{version}", distro.id),
    }
}

fn encode(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_encoded_and_qualifiers_sorted() {
        let text =
            purl("rpm", "redhat", "g++", "1:2~rc1^git", &[("distro", "rhel-8.5"), ("arch", "x86_64"), ("epoch", "")]);
        assert_eq!(text, "pkg:rpm/redhat/g%2B%2B@1%3A2~rc1%5Egit?arch=x86_64&distro=rhel-8.5");
        assert_eq!(purl("npm", "@vue", "shared", "3.2.0", &[]), "pkg:npm/%40vue/shared@3.2.0");
    }
}
