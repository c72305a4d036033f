//! Alpine's package database, `lib/apk/db/installed`.

use super::{CatalogError, Cataloger};
use crate::context::{Context, FoundFile};
use crate::draft::Draft;
use crate::model::{Distro, PackageKind};
use crate::purl::{distro_qualifier, purl};
use regex::Regex;
use serde_json::{Value, json};

pub(super) struct Apk;

impl Cataloger for Apk {
    fn name(&self) -> &'static str {
        "apk-db-cataloger"
    }

    fn globs(&self) -> &'static [&'static str] {
        &["**/lib/apk/db/installed"]
    }

    fn companions(&self) -> &'static [&'static str] {
        &["**/etc/apk/repositories"]
    }

    fn catalog(&self, cx: &Context<'_>, file: &FoundFile, out: &mut Vec<Draft>) -> Result<(), CatalogError> {
        let text = cx.text(file)?;
        let inferred = if cx.distro.is_none() { from_repositories(cx, file) } else { None };
        let distro = cx.distro.or(inferred.as_ref());
        for record in text.split("\n\n") {
            out.extend(package(cx, file, distro, record));
        }
        Ok(())
    }
}

/// Images without release file still name the release in the addresses of their repositories.
fn from_repositories(cx: &Context<'_>, file: &FoundFile) -> Option<Distro> {
    let root = file.path.strip_suffix("/lib/apk/db/installed")?.trim_end_matches("/usr");
    let text = cx.text(&cx.find(&format!("{root}/etc/apk/repositories"))?).ok()?;
    let pattern = Regex::new(r"alpinelinux\.org/alpine/v([0-9.]+)/").ok()?;
    let version = pattern.captures(&text)?.get(1)?.as_str().to_owned();
    Some(Distro { id: "alpine".into(), name: "Alpine Linux".into(), version_id: version, ..Distro::default() })
}

fn package(cx: &Context<'_>, file: &FoundFile, distro: Option<&Distro>, record: &str) -> Option<Draft> {
    let mut fields: Vec<(&str, &str)> = Vec::new();
    let (mut folder, mut owned, mut files) = (String::new(), Vec::new(), Vec::<Value>::new());
    for line in record.lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        match key {
            "F" => {
                folder = value.to_owned();
                files.push(json!({ "path": format!("/{value}") }));
            }
            "R" => {
                let path = if folder.is_empty() { format!("/{value}") } else { format!("/{folder}/{value}") };
                files.push(json!({ "path": &path }));
                owned.push(path);
            }
            "M" | "a" => {
                if let (Some(entry), Some((owner, mode))) = (files.last_mut(), value.rsplit_once(':')) {
                    let (uid, gid) = owner.split_once(':').unwrap_or((owner, ""));
                    entry["ownerUid"] = json!(uid);
                    entry["ownerGid"] = json!(gid);
                    entry["permissions"] = json!(mode);
                }
            }
            "Z" => {
                if let Some(entry) = files.last_mut() {
                    let algorithm = if value.starts_with("Q1") { "'Q1'+base64(sha1)" } else { "md5" };
                    entry["digest"] = json!({ "algorithm": algorithm, "value": value });
                }
            }
            _ => fields.push((key, value)),
        }
    }
    let get = |key: &str| fields.iter().find(|(k, _)| *k == key).map_or("", |(_, v)| v.trim());
    let words = |key: &str| -> Vec<&str> { get(key).split_whitespace().collect() };
    let (name, version, origin) = (get("P"), get("V"), get("o"));
    if name.is_empty() {
        return None;
    }
    let metadata = json!({
        "package": name,
        "originPackage": origin,
        "maintainer": get("m"),
        "version": version,
        "architecture": get("A"),
        "url": get("U"),
        "description": get("T"),
        "size": get("S").parse::<u64>().unwrap_or(0),
        "installedSize": get("I").parse::<u64>().unwrap_or(0),
        "pullDependencies": words("D"),
        "provides": words("p"),
        "pullChecksum": get("C"),
        "gitCommitOfApkPort": get("c"),
        "files": files,
    });
    let url = distro.filter(|d| !d.id.is_empty()).map(|distro| {
        let upstream = if origin == name { "" } else { origin };
        let release = distro_qualifier(distro);
        purl("apk", &distro.id, name, version, &[("arch", get("A")), ("upstream", upstream), ("distro", &release)])
    });
    let location = cx.location(file);
    let license = Some(get("L")).filter(|l| !l.is_empty()).map(str::to_owned);
    let mut draft = Draft::new(name, version, PackageKind::Apk, location.clone())
        .purl(url.unwrap_or_default())
        .licenses(license, &location)
        .metadata("apk-db-entry", metadata);
    draft.owned = owned;
    draft.provides = words("p").into_iter().map(bare).chain([name.to_owned()]).collect();
    draft.requires = words("D").into_iter().filter(|d| !d.starts_with('!')).map(bare).collect();
    draft.urls = vec![get("U").to_owned()];
    Some(draft)
}

/// A dependency without the versions that it allows.
fn bare(dependency: &str) -> String {
    dependency.split(['<', '>', '=', '~']).next().unwrap_or_default().to_owned()
}
