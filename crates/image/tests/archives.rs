//! Archives made here, sane and hostile.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use ks_image::{Error, Limits, Origin, Platform, Reference, Snapshot, open};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::Path;

enum Entry<'a> {
    File(&'a str, &'a [u8]),
    Folder(&'a str),
    Symlink(&'a str, &'a str),
    Hardlink(&'a str, &'a str),
}

fn layer(entries: &[Entry<'_>]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for entry in entries {
        let mut header = tar::Header::new_gnu();
        header.set_mode(0o644);
        let (name, kind, link, data): (&str, _, &str, &[u8]) = match entry {
            Entry::File(name, data) => (name, tar::EntryType::Regular, "", data),
            Entry::Folder(name) => (name, tar::EntryType::Directory, "", b""),
            Entry::Symlink(name, to) => (name, tar::EntryType::Symlink, to, b""),
            Entry::Hardlink(name, to) => (name, tar::EntryType::Link, to, b""),
        };
        header.set_entry_type(kind);
        header.set_size(data.len() as u64);
        // Written by hand: the builder refuses the names that hostile archives have.
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.as_mut_bytes()[157..157 + link.len()].copy_from_slice(link.as_bytes());
        header.set_cksum();
        builder.append(&header, data).unwrap();
    }
    builder.into_inner().unwrap()
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold("sha256:".to_owned(), |text, b| text + &format!("{b:02x}"))
}

fn archive(path: &Path, members: &[(String, Vec<u8>)]) {
    let mut builder = tar::Builder::new(std::fs::File::create(path).unwrap());
    for (name, data) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(data.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, data.as_slice()).unwrap();
    }
    builder.finish().unwrap();
}

fn config(layers: &[Vec<u8>], architecture: &str) -> Vec<u8> {
    let ids: Vec<String> = layers.iter().map(|l| digest(l)).collect();
    serde_json::json!({ "architecture": architecture, "os": "linux", "rootfs": { "type": "layers", "diff_ids": ids } })
        .to_string()
        .into_bytes()
}

fn docker(folder: &Path, layers: &[Vec<u8>]) -> Reference {
    let path = folder.join("image.tar");
    let names: Vec<String> = (0..layers.len()).map(|i| format!("{i}/layer.tar")).collect();
    let manifest = serde_json::json!([{ "Config": "config.json", "RepoTags": ["a:1"], "Layers": names }]);
    let mut members = vec![("config.json".to_owned(), config(layers, "amd64"))];
    members.extend(names.into_iter().zip(layers.iter().cloned()));
    members.push(("manifest.json".to_owned(), manifest.to_string().into_bytes()));
    archive(&path, &members);
    Reference::parse(&format!("docker-archive:{}", path.display())).unwrap()
}

/// An OCI archive with one image an architecture; `pack` makes blobs of layers.
fn oci(folder: &Path, images: &[(&str, Vec<u8>)], pack: impl Fn(&[u8]) -> Vec<u8>) -> Reference {
    let path = folder.join("image.oci.tar");
    let mut members = vec![("oci-layout".to_owned(), br#"{"imageLayoutVersion":"1.0.0"}"#.to_vec())];
    let mut blob = |bytes: Vec<u8>| {
        let digest = digest(&bytes);
        members.push((format!("blobs/{}", digest.replace(':', "/")), bytes));
        digest
    };
    let mut manifests = Vec::new();
    for (architecture, layer) in images {
        let config = blob(config(std::slice::from_ref(layer), architecture));
        let stored = blob(pack(layer));
        let manifest = serde_json::json!({
            "schemaVersion": 2,
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": { "mediaType": "application/vnd.oci.image.config.v1+json", "digest": config, "size": 1 },
            "layers": [{ "mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": stored, "size": 1 }],
        });
        let manifest = blob(manifest.to_string().into_bytes());
        manifests.push(serde_json::json!({ "digest": manifest, "size": 1, "platform": { "os": "linux", "architecture": architecture } }));
    }
    let index = serde_json::json!({ "schemaVersion": 2, "manifests": manifests });
    members.push(("index.json".to_owned(), index.to_string().into_bytes()));
    archive(&path, &members);
    Reference::parse(&format!("oci-archive:{}", path.display())).unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn all(reference: &Reference) -> Result<Snapshot, Error> {
    open(reference, None, &|_: &str, _: &[u8]| true, &Limits::default())
}

fn listing(snapshot: &Snapshot) -> Vec<(String, usize)> {
    let mut files = Vec::new();
    snapshot.tree.for_each_file(|path, node| files.push((path.to_owned(), snapshot.tree.layer(node))));
    files
}

fn files(list: &[(&str, usize)]) -> Vec<(String, usize)> {
    list.iter().map(|(path, layer)| ((*path).to_owned(), *layer)).collect()
}

#[test]
fn later_layers_hide_replace_and_add() {
    let folder = tempfile::tempdir().unwrap();
    let layers = [
        layer(&[
            Entry::File("a/keep", b"1"),
            Entry::File("a/gone", b"1"),
            Entry::File("b/old", b"1"),
            Entry::File("c", b"1"),
            Entry::File("d/x", b"1"),
            Entry::File("e/old", b"1"),
        ]),
        layer(&[
            Entry::File("a/.wh.gone", b""),
            Entry::File("b/new", b"2"),
            Entry::File("b/.wh..wh..opq", b""),
            Entry::File("e/new", b""),
            Entry::File(".wh.e", b""),
            Entry::File("c", b"22"),
            Entry::File("d", b"a file now"),
        ]),
    ];
    let snapshot = all(&docker(folder.path(), &layers)).unwrap();
    assert_eq!(listing(&snapshot), files(&[("/a/keep", 0), ("/b/new", 1), ("/c", 1), ("/d", 1), ("/e/new", 1)]));
    let c = snapshot.tree.resolve("/c").unwrap();
    assert_eq!(snapshot.tree.content(c).unwrap().read(10).unwrap(), b"22");
    let Origin::Image(image) = &snapshot.origin else { panic!("no image") };
    assert_eq!(image.tags, ["a:1"]);
    assert_eq!(image.layers.iter().map(|l| l.size).collect::<Vec<_>>(), [6, 13]);
}

#[test]
fn links_are_followed_and_loops_end() {
    let folder = tempfile::tempdir().unwrap();
    let one = layer(&[
        Entry::File("usr/lib/x", b"content"),
        Entry::Symlink("lib", "usr/lib"),
        Entry::Hardlink("y", "usr/lib/x"),
        Entry::Symlink("loop", "loop2"),
        Entry::Symlink("loop2", "/loop"),
        Entry::Symlink("up", "../../../usr"),
    ]);
    let two = layer(&[Entry::File("lib/z", b"through the link")]);
    let snapshot = all(&docker(folder.path(), &[one, two])).unwrap();
    assert_eq!(listing(&snapshot), files(&[("/usr/lib/x", 0), ("/usr/lib/z", 1), ("/y", 0)]));
    let tree = &snapshot.tree;
    assert_eq!(tree.path(tree.resolve("/up/lib/x").unwrap()), "/usr/lib/x");
    assert_eq!(tree.content(tree.resolve("/y").unwrap()).unwrap().read(10).unwrap(), b"content");
    assert!(tree.resolve("/loop").is_none());
    assert!(tree.lookup("/loop").is_some());
}

#[test]
fn large_contents_are_read_back_whole() {
    let folder = tempfile::tempdir().unwrap();
    let large: Vec<u8> = (0..200_000u32).flat_map(u32::to_le_bytes).collect();
    let one =
        layer(&[Entry::File("first", &large), Entry::File("second", b"small"), Entry::File("third", &large[4..])]);
    let snapshot = all(&docker(folder.path(), &[one])).unwrap();
    let read = |path: &str| snapshot.tree.content(snapshot.tree.resolve(path).unwrap()).unwrap().read(1 << 20).unwrap();
    assert_eq!(read("/first"), large);
    assert_eq!(read("/second"), b"small");
    assert_eq!(read("/third"), &large[4..]);
}

#[test]
fn gzip_zstd_and_plain_layers_are_one() {
    let data = layer(&[Entry::File("a", b"1")]);
    let zstd = |bytes: &[u8]| zstd::encode_all(bytes, 3).unwrap();
    for pack in [&gzip as &dyn Fn(&[u8]) -> Vec<u8>, &zstd, &|bytes: &[u8]| bytes.to_vec()] {
        let folder = tempfile::tempdir().unwrap();
        let snapshot = all(&oci(folder.path(), &[("amd64", data.clone())], pack)).unwrap();
        assert_eq!(listing(&snapshot), files(&[("/a", 0)]));
        let Origin::Image(image) = &snapshot.origin else { panic!("no image") };
        assert_eq!(image.layers[0].diff_id, digest(&data));
    }
}

#[test]
fn the_platform_picks_the_image() {
    let folder = tempfile::tempdir().unwrap();
    let images = [("amd64", layer(&[Entry::File("amd", b"")])), ("arm64", layer(&[Entry::File("arm", b"")]))];
    let reference = oci(folder.path(), &images, gzip);
    let read = |platform: &str| {
        let platform = Platform::parse(platform).unwrap();
        open(&reference, Some(&platform), &|_: &str, _: &[u8]| true, &Limits::default())
    };
    assert_eq!(listing(&read("aarch64").unwrap()), files(&[("/arm", 0)]));
    assert_eq!(listing(&read("linux/amd64").unwrap()), files(&[("/amd", 0)]));
    assert!(matches!(read("linux/s390x"), Err(Error::PlatformMissing { .. })));
    let single = docker(folder.path(), &[layer(&[])]);
    let other = Platform::parse("arm64").unwrap();
    let result = open(&single, Some(&other), &|_: &str, _: &[u8]| true, &Limits::default());
    assert!(matches!(result, Err(Error::PlatformMissing { .. })));
}

#[test]
fn paths_that_leave_the_image_are_refused() {
    for name in ["../evil", "a/../../evil"] {
        let folder = tempfile::tempdir().unwrap();
        let result = all(&docker(folder.path(), &[layer(&[Entry::File(name, b"")])]));
        assert!(matches!(result, Err(Error::Traversal { .. })), "{name}");
    }
    let folder = tempfile::tempdir().unwrap();
    let link = [Entry::Hardlink("a", "../../etc/passwd")];
    assert!(matches!(all(&docker(folder.path(), &[layer(&link)])), Err(Error::Traversal { .. })));
}

#[test]
fn bombs_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let zeros = vec![0; 100 << 20];
    let data = layer(&[Entry::File("bomb", &zeros)]);
    let reference = oci(folder.path(), &[("amd64", data)], |bytes| zstd::encode_all(bytes, 3).unwrap());
    assert!(matches!(all(&reference), Err(Error::Limit { .. })));
    let many: Vec<String> = (0..50).map(|i| i.to_string()).collect();
    let many: Vec<Entry<'_>> = many.iter().map(|name| Entry::Folder(name)).collect();
    let limits = Limits { entries: 20, ..Limits::default() };
    let result = open(&docker(folder.path(), &[layer(&many)]), None, &|_: &str, _: &[u8]| true, &limits);
    assert!(matches!(result, Err(Error::Limit { limit: 20, .. })));
}

#[test]
fn damaged_archives_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let data = layer(&[Entry::File("a", &[7; 5000])]);
    let cut = oci(folder.path(), &[("amd64", data.clone())], |bytes| {
        let mut packed = gzip(bytes);
        packed.truncate(packed.len() / 2);
        packed
    });
    assert!(matches!(all(&cut), Err(Error::Layer { .. })));
    let swapped = oci(folder.path(), &[("amd64", data)], |_| gzip(&layer(&[])));
    assert!(matches!(all(&swapped), Err(Error::Digest { .. })));
    let path = folder.path().join("empty.tar");
    archive(&path, &[]);
    let missing = Reference::parse(&format!("docker-archive:{}", path.display())).unwrap();
    assert!(matches!(all(&missing), Err(Error::Missing { .. })));
    let absent = Reference::parse("oci-archive:/no/such/file").unwrap();
    assert!(matches!(all(&absent), Err(Error::Io { .. })));
}

#[test]
fn only_wanted_contents_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let reference = docker(folder.path(), &[layer(&[Entry::File("a", b"#!"), Entry::File("b", b"x")])]);
    let snapshot = open(&reference, None, &|_: &str, head: &[u8]| head == b"#!", &Limits::default()).unwrap();
    let kept = |path: &str| snapshot.tree.content(snapshot.tree.resolve(path).unwrap()).is_some();
    assert!(kept("/a") && !kept("/b"));
}

#[test]
fn folders_and_layouts_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("sub")).unwrap();
    std::fs::write(folder.path().join("sub/file"), b"text").unwrap();
    let reference = Reference::parse(&folder.path().display().to_string()).unwrap();
    assert_eq!(reference.scheme, ks_image::Scheme::Directory);
    assert_eq!(listing(&all(&reference).unwrap()), files(&[("/sub/file", 0)]));
    assert!(matches!(Reference::parse("registry.example.com/a:1"), Err(Error::UnknownSource(_))));
}
