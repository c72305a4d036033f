//! The databases of rpm in all three storage formats, and the text form of distroless images.

mod bdb;
mod header;
mod ndb;

use super::{CatalogError, Cataloger};
use crate::context::{Context, FoundFile};
use crate::draft::Draft;
use crate::model::PackageKind;
use crate::purl::{distro_qualifier, purl};
use header::Header;
use serde_json::json;

pub(super) struct Rpm;

/// Databases of installations with tens of thousands of packages are below this.
const LIMIT: u64 = 2 << 30;

impl Cataloger for Rpm {
    fn name(&self) -> &'static str {
        "rpm-db-cataloger"
    }

    fn globs(&self) -> &'static [&'static str] {
        &[
            "**/{var/lib,usr/share,usr/lib/sysimage}/rpm/{Packages,Packages.db,rpmdb.sqlite}",
            "**/var/lib/rpmmanifest/container-manifest-2",
        ]
    }

    fn catalog(&self, cx: &Context<'_>, file: &FoundFile, out: &mut Vec<Draft>) -> Result<(), CatalogError> {
        if file.name() == "container-manifest-2" {
            out.extend(cx.text(file)?.lines().filter_map(|line| manifest_line(cx, file, line)));
            return Ok(());
        }
        if cx.tree.attributes(file.node).size > LIMIT {
            return Err("the database is larger than 2 GiB".into());
        }
        let bytes = cx.bytes(file)?;
        let blobs = match bytes.as_slice() {
            packed if packed.starts_with(b"SQLite format 3\0") => sqlite(bytes)?,
            packed if packed.starts_with(b"RpmP") => ndb::blobs(packed)?,
            packed => bdb::blobs(packed)?,
        };
        let mut failed = None;
        for blob in blobs {
            match Header::parse(&blob) {
                Ok(header) => out.extend(package(cx, file, &Entry::of(&header))),
                // The other packages are no less installed.
                Err(error) => failed = Some(error),
            }
        }
        failed.map_or(Ok(()), |error| Err(error.into()))
    }
}

fn sqlite(mut bytes: Vec<u8>) -> Result<Vec<Vec<u8>>, CatalogError> {
    // rpm keeps a write-ahead log, which SQLite opens for files on disk alone: these two bytes of the header say that
    // there is one.
    if let Some(versions) = bytes.get_mut(18..20) {
        versions.fill(1);
    }
    let length = bytes.len();
    let mut connection = rusqlite::Connection::open_in_memory()?;
    connection.deserialize_read_exact(rusqlite::MAIN_DB, bytes.as_slice(), length, true)?;
    let mut statement = connection.prepare("SELECT blob FROM Packages")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[derive(Debug, Default)]
struct Entry {
    name: String,
    version: String,
    release: String,
    epoch: Option<u32>,
    arch: String,
    source: String,
    vendor: String,
    license: String,
    module: String,
    size: u64,
    files: Vec<header::OwnedFile>,
    provides: Vec<String>,
    requires: Vec<String>,
}

impl Entry {
    fn of(header: &Header<'_>) -> Self {
        use header::tag;
        let text = |tag: u32| match header.text(tag) {
            none if none == "(none)" => String::new(),
            text => text,
        };
        Self {
            name: text(tag::NAME),
            version: text(tag::VERSION),
            release: text(tag::RELEASE),
            epoch: header.number(tag::EPOCH),
            arch: text(tag::ARCH),
            source: text(tag::SOURCE_RPM),
            vendor: text(tag::VENDOR),
            license: text(tag::LICENSE),
            module: text(tag::MODULARITY_LABEL),
            size: header.number(tag::SIZE).unwrap_or(0).into(),
            files: header.files(),
            provides: header.texts(tag::PROVIDES),
            requires: header.texts(tag::REQUIRES),
        }
    }
}

/// Tab-separated: name, version-release, install time, build time, vendor, epoch, size, arch, epoch, source.
fn manifest_line(cx: &Context<'_>, file: &FoundFile, line: &str) -> Option<Draft> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [name, version, _, _, vendor, no_epoch, size, arch, epoch, source, ..] = fields[..] else { return None };
    let (version, release) = version.split_once('-').unwrap_or((version, ""));
    let entry = Entry {
        name: name.into(),
        version: version.into(),
        release: release.into(),
        epoch: if no_epoch == "(none)" { None } else { epoch.parse().ok() },
        arch: arch.into(),
        source: source.into(),
        vendor: vendor.into(),
        size: size.parse().unwrap_or(0),
        ..Entry::default()
    };
    package(cx, file, &entry)
}

fn package(cx: &Context<'_>, file: &FoundFile, entry: &Entry) -> Option<Draft> {
    if entry.name.is_empty() {
        return None;
    }
    let version =
        if entry.release.is_empty() { entry.version.clone() } else { format!("{}-{}", entry.version, entry.release) };
    let full = entry.epoch.map_or_else(|| version.clone(), |epoch| format!("{epoch}:{version}"));
    let url = cx.distro.map(|distro| {
        let namespace = match distro.id.as_str() {
            "rhel" | "hummingbird" => "redhat",
            id if id.starts_with("opensuse") => "opensuse",
            id => id,
        };
        let epoch = entry.epoch.map(|e| e.to_string()).unwrap_or_default();
        let release = distro_qualifier(distro);
        let qualifiers = [("arch", &*entry.arch), ("epoch", &epoch), ("upstream", &entry.source), ("distro", &release)];
        purl("rpm", namespace, &entry.name, &version, &qualifiers)
    });
    let files: Vec<_> = entry
        .files
        .iter()
        .map(|f| {
            json!({
                "path": f.path,
                "mode": f.mode,
                "size": f.size,
                "digest": { "algorithm": f.algorithm, "value": f.digest },
                "userName": f.user,
                "groupName": f.group,
                "flags": f.flags_text(),
            })
        })
        .collect();
    let metadata = json!({
        "name": entry.name,
        "version": entry.version,
        "epoch": entry.epoch,
        "architecture": entry.arch,
        "release": entry.release,
        "sourceRpm": entry.source,
        "size": entry.size,
        "vendor": entry.vendor,
        "modularityLabel": entry.module,
        "provides": entry.provides,
        "requires": entry.requires,
        "files": files,
    });
    let location = cx.location(file);
    let license = Some(entry.license.clone()).filter(|l| !l.is_empty());
    let mut draft = Draft::new(&entry.name, full, PackageKind::Rpm, location.clone())
        .purl(url.unwrap_or_default())
        .licenses(license, &location)
        .metadata("rpm-db-entry", metadata);
    draft.owned = entry.files.iter().map(|f| f.path.clone()).collect();
    draft.provides =
        entry.provides.iter().cloned().chain([entry.name.clone()]).chain(draft.owned.iter().cloned()).collect();
    draft.requires.clone_from(&entry.requires);
    draft.vendor.clone_from(&entry.vendor);
    Some(draft)
}
