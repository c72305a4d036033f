//! Works out how the packages and files hang together.

use crate::context::{Context, FoundFile};
use crate::draft::Draft;
use crate::model::{Coordinates, FileEntry, FileMetadata, Package, PackageKind, Relationship, RelationshipKind};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub(crate) struct Related {
    pub(crate) packages: Vec<Package>,
    pub(crate) relationships: Vec<Relationship>,
    pub(crate) files: Vec<FileEntry>,
}

/// `inner` holds pairs of dependent and dependency that catalogers know by index.
pub(crate) fn relate(cx: &Context<'_>, mut drafts: Vec<Draft>, inner: Vec<(usize, usize)>) -> Related {
    for draft in &mut drafts {
        draft.package.id = package_id(&draft.package);
    }
    let mut edges: BTreeSet<Relationship> = BTreeSet::new();
    let mut removed: BTreeSet<String> = BTreeSet::new();
    let id = |index: usize| drafts.get(index).map(|d| d.package.id.clone()).unwrap_or_default();
    let mut edge = |parent: String, child: String, kind: RelationshipKind| {
        if parent != child {
            edges.insert(Relationship { parent, child, kind });
        }
    };
    for (dependent, dependency) in inner {
        edge(id(dependency), id(dependent), RelationshipKind::DependencyOf);
    }
    by_name(&drafts, &mut edge);
    overlaps(&drafts, &mut edge, &mut removed);
    let mut files = Files { cx, found: BTreeMap::new() };
    for draft in drafts.iter().filter(|d| !removed.contains(&d.package.id)) {
        for path in &draft.owned {
            if let Some(file) = cx.tree.lookup(path).filter(|n| is_listed(cx, *n)) {
                edge(draft.package.id.clone(), files.id(path.clone(), file), RelationshipKind::Contains);
            }
        }
        for location in &draft.package.locations {
            if let Some(file) = cx.find(&location.path) {
                edge(draft.package.id.clone(), files.id(file.path, file.node), RelationshipKind::EvidentBy);
            }
        }
    }
    let mut packages: BTreeMap<String, Package> = BTreeMap::new();
    for draft in drafts {
        if draft.package.name.is_empty() || removed.contains(&draft.package.id) {
            continue;
        }
        packages.entry(draft.package.id.clone()).or_insert(draft.package);
    }
    let mut packages: Vec<Package> = packages.into_values().collect();
    packages.sort_by(|a, b| order(a).cmp(&order(b)));
    let relationships =
        edges.into_iter().filter(|e| !removed.contains(&e.parent) && !removed.contains(&e.child)).collect();
    Related { packages, relationships, files: files.entries() }
}

fn order(package: &Package) -> (&str, &str, &PackageKind, Option<&str>, &str) {
    let path = package.locations.first().map(|l| l.path.as_str());
    (&package.name, &package.version, &package.kind, path, &package.id)
}

/// Package managers say by name what depends on what.
fn by_name(drafts: &[Draft], edge: &mut impl FnMut(String, String, RelationshipKind)) {
    let mut providers: HashMap<(&PackageKind, &str), Vec<&Draft>> = HashMap::new();
    for draft in drafts {
        for name in &draft.provides {
            providers.entry((&draft.package.kind, name)).or_default().push(draft);
        }
    }
    for draft in drafts {
        for name in &draft.requires {
            for provider in providers.get(&(&draft.package.kind, name.as_str())).into_iter().flatten() {
                edge(provider.package.id.clone(), draft.package.id.clone(), RelationshipKind::DependencyOf);
            }
        }
    }
}

/// A package found in a file that another owns belongs to that other.
fn overlaps(drafts: &[Draft], edge: &mut impl FnMut(String, String, RelationshipKind), removed: &mut BTreeSet<String>) {
    let mut found_in: HashMap<&str, Vec<&Draft>> = HashMap::new();
    for draft in drafts {
        for location in &draft.package.locations {
            found_in.entry(&location.path).or_default().push(draft);
        }
    }
    for owner in drafts {
        for path in owner.owned.iter().filter(|path| !is_shared(path)) {
            for inner in found_in.get(path.as_str()).into_iter().flatten() {
                if inner.package.id == owner.package.id {
                    continue;
                }
                edge(owner.package.id.clone(), inner.package.id.clone(), RelationshipKind::OwnershipByFileOverlap);
                let by_system = matches!(
                    owner.package.kind,
                    PackageKind::Alpm
                        | PackageKind::Apk
                        | PackageKind::Deb
                        | PackageKind::Nix
                        | PackageKind::Portage
                        | PackageKind::Rpm
                );
                let loose = inner.package.kind == PackageKind::Binary
                    || inner.package.metadata_type == "elf-binary-package-note-json-payload";
                if loose && (by_system || owner.package.kind == PackageKind::Bitnami) {
                    removed.insert(inner.package.id.clone());
                }
            }
        }
    }
}

/// Records of the package managers themselves make nobody an owner of what they record.
fn is_shared(path: &str) -> bool {
    path.contains("/var/lib/dpkg/")
        || path.contains("/lib/apk/db/installed")
        || path.contains("/var/lib/rpm/")
        || path.contains("/usr/share/rpm/")
        || path.contains("/usr/lib/sysimage/rpm/")
        || (path.starts_with("/usr/share/doc/") && path.ends_with("/copyright"))
}

fn is_listed(cx: &Context<'_>, node: ks_image::NodeId) -> bool {
    !matches!(cx.tree.kind(node), ks_image::Kind::Removed | ks_image::Kind::Directory(_))
}

struct Files<'a> {
    cx: &'a Context<'a>,
    found: BTreeMap<String, FileEntry>,
}

impl Files<'_> {
    fn id(&mut self, path: String, node: ks_image::NodeId) -> String {
        let file = FoundFile { path, node };
        let location = self.cx.location(&file);
        let id = short_hash(&[&location.layer_id, &location.path]);
        self.found.entry(id.clone()).or_insert_with(|| {
            let attributes = self.cx.tree.attributes(node);
            let (kind, target) = match self.cx.tree.kind(node) {
                ks_image::Kind::Symlink(target) => ("SymbolicLink", target.to_string()),
                ks_image::Kind::File(_) => ("RegularFile", String::new()),
                _ => ("IrregularFile", String::new()),
            };
            FileEntry {
                id: id.clone(),
                location: Coordinates { path: location.path, layer_id: location.layer_id },
                metadata: Some(FileMetadata {
                    // The digits of the octal form, read as a decimal number.
                    mode: format!("{:o}", attributes.mode).parse().unwrap_or(0),
                    kind: kind.into(),
                    link_destination: target,
                    user_id: attributes.uid.into(),
                    group_id: attributes.gid.into(),
                    mime_type: attributes.mime_type.into(),
                    size: attributes.size,
                }),
                digests: Vec::new(),
            }
        });
        id
    }

    fn entries(self) -> Vec<FileEntry> {
        let mut files: Vec<FileEntry> = self.found.into_values().collect();
        files.sort_by(|a, b| a.location.cmp(&b.location));
        files
    }
}

fn package_id(package: &Package) -> String {
    let places: Vec<String> = package.locations.iter().map(|l| format!("{}\n{}", l.path, l.layer_id)).collect();
    let metadata = package.metadata.to_string();
    short_hash(&[
        &package.name,
        &package.version,
        package.kind.as_str(),
        &places.join("\n"),
        &package.metadata_type,
        &metadata,
    ])
}

/// 16 hex digits that depend on nothing but the parts.
fn short_hash(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().take(8).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
