//! Python packages as pip and distributions install them.

use super::{CatalogError, Cataloger};
use crate::context::{Context, FoundFile};
use crate::draft::Draft;
use crate::model::PackageKind;
use crate::purl::purl;
use serde_json::{Value, json};

pub(super) struct Installed;

impl Cataloger for Installed {
    fn name(&self) -> &'static str {
        "python-installed-package-cataloger"
    }

    fn globs(&self) -> &'static [&'static str] {
        &[
            "**/*dist-info/METADATA",
            "**/*DIST-INFO/METADATA",
            "**/*egg-info/PKG-INFO",
            "**/*EGG-INFO/PKG-INFO",
            "**/*.egg-info",
        ]
    }

    fn companions(&self) -> &'static [&'static str] {
        &[
            "**/*dist-info/{RECORD,top_level.txt,direct_url.json}",
            "**/*egg-info/{RECORD,installed-files.txt,top_level.txt,direct_url.json}",
        ]
    }

    fn catalog(&self, cx: &Context<'_>, file: &FoundFile, out: &mut Vec<Draft>) -> Result<(), CatalogError> {
        let text = cx.text(file)?;
        let headers = headers(&text);
        let all = |key: &str| {
            headers.iter().filter(|(k, _)| k.eq_ignore_ascii_case(key)).map(|(_, v)| v.as_str()).collect::<Vec<_>>()
        };
        let get = |key: &str| all(key).first().copied().unwrap_or_default();
        let name = normalise(get("Name"));
        if name.is_empty() || get("Name") == "Python" {
            return Ok(());
        }
        let version = get("Version");
        let site_packages = file.folder().rsplit_once('/').map_or("", |(parent, _)| parent);
        let location = cx.location(file);
        let mut draft = Draft::new(&name, version, PackageKind::Python, location.clone())
            .language("python")
            .purl(purl("pypi", "", &name, version, &[]))
            .licenses(licenses(&all), &location);
        let mut metadata = json!({
            "name": get("Name"),
            "version": version,
            "author": get("Author"),
            "authorEmail": get("Author-email"),
            "platform": get("Platform"),
            "sitePackagesRootPath": site_packages,
        });
        let beside = |name: &str| cx.find(&format!("{}/{name}", file.folder()));
        if let Some(record) = beside("RECORD") {
            let entries = record_entries(&cx.text(&record)?);
            draft.owned = entries.iter().filter_map(|e| Some(join(site_packages, e["path"].as_str()?))).collect();
            metadata["files"] = json!(entries);
            draft.package.locations.push(cx.location(&record).supporting());
        } else if let Some(record) = beside("installed-files.txt") {
            let text = cx.text(&record)?;
            draft.owned = text.lines().map(|path| join(file.folder(), path)).collect();
            metadata["files"] = text.lines().map(|path| json!({ "path": path })).collect();
            draft.package.locations.push(cx.location(&record).supporting());
        }
        if let Some(top) = beside("top_level.txt") {
            let text = cx.text(&top)?;
            metadata["topLevelPackages"] = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
            draft.package.locations.push(cx.location(&top).supporting());
        }
        if let Some(direct) = beside("direct_url.json") {
            let origin: Value = serde_json::from_slice(&cx.bytes(&direct)?)?;
            metadata["directUrlOrigin"] = json!({
                "url": origin["url"],
                "commitId": origin["vcs_info"]["commit_id"],
                "vcs": origin["vcs_info"]["vcs"],
            });
            draft.package.locations.push(cx.location(&direct).supporting());
        }
        let requires = all("Requires-Dist");
        if !requires.is_empty() {
            metadata["requiresDist"] = json!(requires);
        }
        draft.provides = vec![name];
        draft.requires = requires.iter().filter(|r| !r.contains("extra ==")).map(|r| requirement(r)).collect();
        draft.authors = vec![get("Author").to_owned(), get("Author-email").to_owned()];
        draft.package.metadata_type = "python-package".into();
        draft.package.metadata = metadata;
        out.push(draft);
        Ok(())
    }
}

fn headers(text: &str) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if line.trim().is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = headers.last_mut() {
                value.push('\n');
                value.push_str(line.trim());
            }
        } else if let Some((key, value)) = line.split_once(':') {
            headers.push((key.trim().to_owned(), value.trim().to_owned()));
        }
    }
    headers
}

/// Names that differ in case and separators only are the same package.
fn normalise(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.trim().chars() {
        match c {
            '-' | '_' | '.' => {
                if !out.ends_with('-') {
                    out.push('-');
                }
            }
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

fn requirement(text: &str) -> String {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.')).unwrap_or(text.len());
    normalise(text.get(..end).unwrap_or_default())
}

fn licenses<'a>(all: &impl Fn(&str) -> Vec<&'a str>) -> Vec<String> {
    let given: Vec<&str> = [all("License-Expression"), all("License")].concat();
    let given: Vec<String> =
        given.into_iter().filter(|l| !l.is_empty() && *l != "UNKNOWN").map(str::to_owned).collect();
    if !given.is_empty() {
        return given;
    }
    all("Classifier")
        .into_iter()
        .filter(|c| c.starts_with("License ::"))
        .filter_map(|c| c.rsplit("::").next())
        .map(|c| c.trim().to_owned())
        .collect()
}

/// Lines of `path,algorithm=digest,size`; a path with a comma stands in quotes.
fn record_entries(text: &str) -> Vec<Value> {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let (rest, size) = line.rsplit_once(',').unwrap_or((line, ""));
            let (path, digest) = rest.rsplit_once(',').unwrap_or((rest, ""));
            let mut entry = json!({ "path": path.trim_matches('"') });
            if let Some((algorithm, value)) = digest.split_once('=') {
                entry["digest"] = json!({ "algorithm": algorithm, "value": value });
            }
            if !size.is_empty() {
                entry["size"] = json!(size);
            }
            entry
        })
        .collect()
}

fn join(folder: &str, path: &str) -> String {
    if path.starts_with('/') {
        return path.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    format!("/{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_normalised() {
        assert_eq!(normalise("Foo__Bar.-baz"), "foo-bar-baz");
        assert_eq!(requirement("urllib3 (>=1.21.1,<1.25)"), "urllib3");
        assert_eq!(join("/usr/lib/python3/site-packages", "../../../bin/x"), "/usr/bin/x");
    }
}
