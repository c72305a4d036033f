//! Comparing image names with the registries and repositories that people list.

use regex::Regex;

/// What stands in front of an image that names no registry.
const DOCKER_HUB: &str = "docker.io";

/// Whether the text that `parts` make together begins with `prefix`.
pub(crate) fn begins_with(parts: &[&str], prefix: &str) -> bool {
    after(parts, prefix).is_some()
}

/// Whether the text that `parts` make together is the listed registry or repository or something in it. Unlike a
/// prefix, `gcr.io` does not cover `gcr.io.example.com`.
pub(crate) fn covers(entry: &str, parts: &[&str]) -> bool {
    match after(parts, entry) {
        None => false,
        Some(None | Some(b'/')) => true,
        Some(Some(b':' | b'@')) => entry.contains('/'),
        Some(Some(_)) => entry.ends_with('/'),
    }
}

/// The byte that follows `prefix` in the text that `parts` make together, if any follows; `None` when the text begins
/// otherwise. Builds no text.
fn after(parts: &[&str], mut prefix: &str) -> Option<Option<u8>> {
    for (at, part) in parts.iter().enumerate() {
        if let Some(rest) = part.strip_prefix(prefix) {
            let tail = parts.iter().skip(at + 1).flat_map(|part| part.bytes());
            return Some(rest.bytes().chain(tail).next());
        }
        prefix = prefix.strip_prefix(part)?;
    }
    prefix.is_empty().then_some(None)
}

/// Parts of an image name that has a registry: its own, or Docker Hub when the first segment cannot be one.
pub(crate) fn with_registry(image: &str) -> [&str; 3] {
    match image.split_once('/') {
        Some((first, _)) if first.contains(['.', ':']) || first == "localhost" => ["", "", image],
        _ => [DOCKER_HUB, "/", image],
    }
}

/// Whether an image is from a registry, as releases before 2.9 compared: the entry is a regular expression. Superseded
/// rules alone ask this; they do not run in scans.
pub(crate) fn is_from(image: &str, entry: &str) -> bool {
    let slash = if entry.ends_with('/') { "" } else { "/" };
    let hub = if image.contains('/') { "" } else { "docker.io/" };
    Regex::new(&format!("^{entry}{slash}.*$")).is_ok_and(|pattern| pattern.is_match(&format!("{hub}{image}")))
}

#[cfg(test)]
mod tests {
    use super::{begins_with, covers, with_registry};

    #[test]
    fn prefixes_may_end_inside_any_part() {
        let parts = ["docker.io", "/", "library/", "nginx", ":", "1"];
        for prefix in ["", "docker", "docker.io", "docker.io/", "docker.io/lib", "docker.io/library/nginx:1"] {
            assert!(begins_with(&parts, prefix), "{prefix}");
        }
        for prefix in ["docker.iox", "docker.io/library/nginx:1.2", "nginx"] {
            assert!(!begins_with(&parts, prefix), "{prefix}");
        }
    }

    #[test]
    fn entries_cover_whole_segments() {
        let covered = |entry, image| covers(entry, &with_registry(image));
        for (entry, image) in [
            ("gcr.io", "gcr.io/team/app"),
            ("gcr.io/", "gcr.io/team/app"),
            ("gcr.io/team", "gcr.io/team:1"),
            ("gcr.io/team", "gcr.io/team@sha256:a"),
            ("docker.io", "nginx"),
            ("docker.io/library", "library/nginx"),
            ("localhost", "localhost/app"),
        ] {
            assert!(covered(entry, image), "{entry} {image}");
        }
        for (entry, image) in [
            ("gcr.io", "gcr.io.example.com/app"),
            ("gcr.io", "gcr.io:5000/app"),
            ("gcr.io/te", "gcr.io/team/app"),
            ("quay.io", "nginx"),
        ] {
            assert!(!covered(entry, image), "{entry} {image}");
        }
    }
}
