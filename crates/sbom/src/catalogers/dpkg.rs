//! Debian's package database: `dpkg/status`, and `dpkg/status.d` of distroless images.

use super::{CatalogError, Cataloger};
use crate::context::{Context, FoundFile};
use crate::draft::Draft;
use crate::license::text_digest;
use crate::model::{Location, PackageKind};
use crate::purl::{distro_qualifier, purl};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};

pub(super) struct Dpkg;

impl Cataloger for Dpkg {
    fn name(&self) -> &'static str {
        "dpkg-db-cataloger"
    }

    fn globs(&self) -> &'static [&'static str] {
        &["**/lib/dpkg/status", "**/lib/dpkg/status.d/*", "**/lib/opkg/status", "**/lib/opkg/info/*.control"]
    }

    fn companions(&self) -> &'static [&'static str] {
        &["**/lib/dpkg/info/*.md5sums", "**/lib/dpkg/info/*.conffiles", "/usr/share/doc/*/copyright"]
    }

    fn catalog(&self, cx: &Context<'_>, file: &FoundFile, out: &mut Vec<Draft>) -> Result<(), CatalogError> {
        // Companions of distroless packages lie beside them.
        if file.name().ends_with(".md5sums") || file.name().ends_with(".conffiles") {
            return Ok(());
        }
        let text = cx.text(file)?;
        for stanza in text.split("\n\n").filter(|stanza| !stanza.trim().is_empty()) {
            out.extend(package(cx, file, &fields(stanza)?)?);
        }
        Ok(())
    }
}

#[derive(Debug, thiserror::Error)]
#[error("field {0:?} stands twice in one package")]
struct Duplicate(String);

fn fields(stanza: &str) -> Result<HashMap<String, String>, Duplicate> {
    let mut fields: HashMap<String, String> = HashMap::new();
    let mut last = String::new();
    for line in stanza.lines() {
        if line.starts_with([' ', '\t']) {
            if let Some(value) = fields.get_mut(&last) {
                value.push('\n');
                value.push_str(line.trim());
            }
        } else if let Some((key, value)) = line.split_once(':') {
            key.clone_into(&mut last);
            if fields.insert(last.clone(), value.trim().to_owned()).is_some() {
                return Err(Duplicate(last));
            }
        }
    }
    Ok(fields)
}

fn package(
    cx: &Context<'_>,
    file: &FoundFile,
    fields: &HashMap<String, String>,
) -> Result<Option<Draft>, CatalogError> {
    let get = |key: &str| fields.get(key).map_or("", String::as_str);
    let (name, version, arch) = (get("Package"), get("Version"), get("Architecture"));
    if name.is_empty() || get("Status").contains("deinstall") {
        return Ok(None);
    }
    let (source, source_version) = match get("Source").split_once('(') {
        Some((source, rest)) => (source.trim(), rest.trim_end().trim_end_matches(')')),
        None => (get("Source"), ""),
    };
    let mut draft = Draft::new(name, version, PackageKind::Deb, cx.location(file));
    let mut files = Files::default();
    files.read(cx, file, name, arch, &mut draft.package.locations)?;
    if let Some(copyright) = cx.find(&format!("/usr/share/doc/{name}/copyright")) {
        let location = cx.location(&copyright);
        if let Ok(bytes) = cx.bytes(&copyright) {
            draft = draft.licenses(licenses(&bytes), &location);
            draft.package.locations.push(location.supporting());
        }
    }
    let list = |key: &str| -> Vec<String> {
        get(key).split(',').map(|d| d.trim().to_owned()).filter(|d| !d.is_empty()).collect()
    };
    let mut metadata = json!({
        "package": name,
        "source": source,
        "version": version,
        "sourceVersion": source_version,
        "architecture": arch,
        "maintainer": get("Maintainer"),
        "installedSize": get("Installed-Size").parse::<u64>().unwrap_or(0),
        "files": files.entries,
    });
    for (key, field) in [("provides", "Provides"), ("depends", "Depends"), ("preDepends", "Pre-Depends")] {
        if !list(field).is_empty() {
            metadata[key] = json!(list(field));
        }
    }
    draft.owned = files.owned;
    draft.provides = list("Provides").iter().map(|d| bare(d)).chain([name.to_owned()]).collect();
    draft.requires = ["Depends", "Pre-Depends"]
        .iter()
        .flat_map(|key| list(key))
        .flat_map(|d| d.split('|').map(bare).collect::<Vec<_>>())
        .collect();
    let url = cx.distro.filter(|d| d.is_like("debian")).map(|distro| {
        let upstream = match source_version {
            "" => source.to_owned(),
            version => format!("{source}@{version}"),
        };
        let release = distro_qualifier(distro);
        purl("deb", &distro.id, name, version, &[("arch", arch), ("upstream", &upstream), ("distro", &release)])
    });
    Ok(Some(draft.purl(url.unwrap_or_default()).metadata("dpkg-db-entry", metadata)))
}

/// A dependency without version and architecture.
fn bare(dependency: &str) -> String {
    dependency.trim().split([' ', '(', ':', '[']).next().unwrap_or_default().to_owned()
}

#[derive(Default)]
struct Files {
    owned: Vec<String>,
    entries: Vec<Value>,
}

impl Files {
    fn read(
        &mut self,
        cx: &Context<'_>,
        file: &FoundFile,
        name: &str,
        arch: &str,
        locations: &mut Vec<Location>,
    ) -> Result<(), CatalogError> {
        let distroless = file.folder().ends_with("/status.d");
        let folder = if distroless { file.folder().to_owned() } else { format!("{}/info", file.folder()) };
        let find = |kind: &str| {
            let with_arch = format!("{folder}/{name}:{arch}.{kind}");
            let beside = format!("{}.{kind}", file.path);
            let plain = format!("{folder}/{name}.{kind}");
            [plain, with_arch, beside].iter().find_map(|path| cx.find(path))
        };
        if let Some(sums) = find("md5sums") {
            for line in cx.text(&sums)?.lines() {
                let Some((sum, path)) = line.split_once(char::is_whitespace) else { continue };
                let path = format!("/{}", path.trim().trim_start_matches('/'));
                self.entries.push(json!({
                    "path": &path,
                    "digest": { "algorithm": "md5", "value": sum },
                    "isConfigFile": false,
                }));
                self.owned.push(path);
            }
            locations.push(cx.location(&sums).supporting());
        }
        if let Some(configs) = find("conffiles") {
            for line in cx.text(&configs)?.lines() {
                let mut words = line.split_whitespace();
                let Some(path) = words.next().filter(|path| path.starts_with('/')) else { continue };
                let mut entry = json!({ "path": path, "isConfigFile": true });
                if let Some(sum) = words.next() {
                    entry["digest"] = json!({ "algorithm": "md5", "value": sum });
                }
                self.entries.push(entry);
                self.owned.push(path.to_owned());
            }
            locations.push(cx.location(&configs).supporting());
        }
        Ok(())
    }
}

/// The licences that a copyright file names; the digest of a text that names none in the machine-readable way.
fn licenses(copyright: &[u8]) -> Vec<String> {
    const COMMON: &str = "/usr/share/common-licenses/";
    let text = String::from_utf8_lossy(copyright);
    let mut found = BTreeSet::new();
    for line in text.lines() {
        if let Some(value) = line.strip_prefix("License:") {
            let value = value.trim();
            let parts = value.split(" or ").flat_map(|p| p.split(" and ")).map(|p| p.trim_matches([',', ' ']));
            found.extend(parts.filter(|p| !p.is_empty()).map(str::to_owned));
        }
    }
    if found.is_empty() {
        return vec![text_digest(copyright)];
    }
    for (at, _) in text.match_indices(COMMON) {
        let rest = text.get(at + COMMON.len()..).unwrap_or_default();
        let end =
            rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '.' | '_')).unwrap_or(rest.len());
        let name = rest.get(..end).unwrap_or_default().trim_end_matches('.');
        if !name.is_empty() {
            found.insert(name.to_owned());
        }
    }
    found.into_iter().collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn licences_are_those_that_are_named() {
        let named =
            b"Format: x\nLicense: Artistic or GPL-1+\n\nLicense: Artistic\n in `/usr/share/common-licenses/GPL-1'.\n";
        assert_eq!(licenses(named), ["Artistic", "GPL-1", "GPL-1+"]);
        assert!(licenses(b"do what you like")[0].starts_with("sha256:"));
    }

    #[test]
    fn a_field_that_stands_twice_is_an_error() {
        assert!(fields("Package: a\nVersion: 1\nPackage: b\n").is_err());
        assert_eq!(fields("Package: a\nDescription: b\n c\n").unwrap()["Description"], "b\nc");
    }

    #[test]
    fn dependencies_lose_versions_and_architectures() {
        assert_eq!(bare(" libc6:any (>= 2.34)"), "libc6");
    }
}
