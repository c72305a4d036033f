//! Small installations written to disk and listed.
#![allow(clippy::unwrap_used, reason = "tests")]

use ks_sbom::model::{Package, RelationshipKind, Sbom};
use ks_sbom::{Options, Reference, Scanned, scan, syft};

fn scanned(files: &[(&str, &str)]) -> Scanned {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let reference = Reference::parse(&format!("dir:{}", folder.path().display())).unwrap();
    scan(&reference, &Options::default()).unwrap()
}

fn names(sbom: &Sbom) -> Vec<String> {
    sbom.packages.iter().map(|p| format!("{} {}", p.name, p.version)).collect()
}

fn package<'a>(sbom: &'a Sbom, name: &str) -> &'a Package {
    sbom.packages.iter().find(|p| p.name == name).unwrap()
}

fn edges(sbom: &Sbom, kind: RelationshipKind) -> Vec<(&str, &str)> {
    let name = |id: &str| sbom.packages.iter().find(|p| p.id == id).map(|p| p.name.as_str());
    sbom.relationships
        .iter()
        .filter(|e| e.kind == kind)
        .filter_map(|e| Some((name(&e.parent)?, name(&e.child)?)))
        .collect()
}

const STATUS: &str = "Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nSource: glibc (2.36-9+deb12u4)\nVersion: 2.36-9\n\n\
Package: python3-six\nStatus: install ok installed\nArchitecture: all\nVersion: 1.16.0-4\nDepends: python3:any, libc6 (>= 2.3) | musl\n\n\
Package: left\nStatus: deinstall ok config-files\nArchitecture: all\nVersion: 1\n";

#[test]
fn debian_packages_own_what_is_found_in_their_files() {
    let found = scanned(&[
        ("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME='Debian GNU/Linux 12 (bookworm)'\n"),
        ("etc/debian_version", "12.5\n"),
        ("var/lib/dpkg/status", STATUS),
        ("var/lib/dpkg/info/python3-six.md5sums", "0123  usr/lib/python3/dist-packages/six-1.16.0.egg-info\n"),
        ("usr/lib/python3/dist-packages/six-1.16.0.egg-info", "Metadata-Version: 1.1\nName: six\nVersion: 1.16.0\n"),
        ("usr/share/doc/python3-six/copyright", "Format: https://x\n\nLicense: Expat\n text\n"),
    ])
    .sbom;
    assert_eq!(names(&found), ["libc6 2.36-9", "python3-six 1.16.0-4", "six 1.16.0"]);
    assert_eq!(edges(&found, RelationshipKind::OwnershipByFileOverlap), [("python3-six", "six")]);
    assert_eq!(edges(&found, RelationshipKind::DependencyOf), [("libc6", "python3-six")]);
    assert_eq!(
        package(&found, "libc6").purl,
        "pkg:deb/debian/libc6@2.36-9?arch=amd64&distro=debian-12.5&upstream=glibc%402.36-9%2Bdeb12u4"
    );
    let six = package(&found, "python3-six");
    assert_eq!(six.licenses.iter().map(|l| l.value.as_str()).collect::<Vec<_>>(), ["Expat"]);
    assert_eq!(six.locations.len(), 3);
}

#[test]
fn alpine_without_release_file_is_told_by_its_repositories() {
    let found = scanned(&[
        ("etc/apk/repositories", "https://dl-cdn.alpinelinux.org/alpine/v3.18/main\n"),
        ("lib/apk/db/installed", "P:a\nV:1-r0\nA:x86_64\nD:so:libb.so.1 !c b>=1\no:a\n\nP:b\nV:2-r0\nA:x86_64\np:so:libb.so.1=1.0\no:bb\nL:MIT\n"),
    ])
    .sbom;
    assert_eq!(package(&found, "b").purl, "pkg:apk/alpine/b@2-r0?arch=x86_64&distro=alpine-3.18&upstream=bb");
    assert_eq!(edges(&found, RelationshipKind::DependencyOf), [("b", "a")]);
    assert_eq!(found.distro.map(|d| (d.id, d.version_id)), Some(("alpine".into(), "3.18".into())));
}

#[test]
fn a_damaged_file_costs_its_own_packages_only() {
    let found = scanned(&[
        ("a/package-lock.json", "{ no json"),
        (
            "b/package-lock.json",
            r#"{"packages":{"":{"name":"x"},"node_modules/@s/y":{"version":"1.0.0","license":"MIT"}}}"#,
        ),
        ("var/lib/rpm/Packages", "no database"),
    ]);
    assert_eq!(names(&found.sbom), ["@s/y 1.0.0"]);
    let warned: Vec<&str> = found.warnings.iter().map(|w| w.path.as_str()).collect();
    assert_eq!(warned, ["/var/lib/rpm/Packages", "/a/package-lock.json"]);
}

#[test]
fn documents_are_read_back_as_they_were() {
    let written = scanned(&[
        ("etc/os-release", "ID=alpine\nVERSION_ID=3.18\nID_LIKE=\"x y\"\n"),
        ("lib/apk/db/installed", "P:a\nV:1-r0\nA:x86_64\nL:MIT\n"),
    ])
    .sbom;
    let mut bytes = Vec::new();
    syft::write(&written, "v1", &mut bytes).unwrap();
    assert_eq!(syft::read(&bytes).unwrap(), written);
    let old = br#"{"artifacts":[{"name":"a","version":"1","type":"newer-kind","cpes":["cpe:2.3:a:a:a:1:*:*:*:*:*:*:*"],"licenses":["MIT"]}],
        "source":{"type":"directory","target":"/x"},"distro":{"id":"debian","idLike":"a b"}}"#;
    let old = syft::read(old).unwrap();
    assert_eq!(old.packages[0].kind.as_str(), "newer-kind");
    assert_eq!(old.packages[0].licenses[0].value, "MIT");
    assert_eq!(old.distro.unwrap().id_like, ["a", "b"]);
    assert_eq!(old.source.metadata, "/x");
}
