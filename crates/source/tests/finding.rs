//! Which files a scan reads.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

mod common;

use common::{Folder, list, pod, scan_folder};
use ks_source::{Options, SourceError, find};
use std::fs;

fn all(folder: &Folder) -> Vec<String> {
    list(&[folder.input("")], &Options::default())
}

#[test]
fn a_folder() {
    let folder = Folder::with(&[
        ("b.yaml", ""),
        ("a/x.yml", ""),
        ("a/Y.JSON", ""),
        ("a.YAML", ""),
        (".hidden/z.yaml", ""),
        (".github/workflow.yml", ""),
        (".git/config.yaml", ""),
        ("sub/.git/x.yaml", ""),
        ("README.md", ""),
        ("yaml", ""),
        ("a/values.yaml.tpl", ""),
        ("chart/Chart.yaml", ""),
        ("overlay/kustomization.yaml", ""),
        ("overlay/kustomization.yml", ""),
        ("overlay/patch.yaml", ""),
    ]);
    assert_eq!(
        all(&folder),
        [".github/workflow.yml", ".hidden/z.yaml", "a/Y.JSON", "a/x.yml", "a.YAML", "b.yaml", "overlay/patch.yaml"]
    );
    let found = find(&[folder.input("")], &Options::default()).unwrap();
    let file = &found.list[2];
    assert_eq!((file.root.as_path(), file.absolute.clone()), (folder.root(), folder.path("a/Y.JSON")));
    assert_eq!((file.kind.name(), found.list[3].kind.name()), ("JSON", "YAML"));
    assert!(found.warnings.is_empty());
}

#[test]
fn relative_paths_do_not_depend_on_how_the_folder_is_named() {
    let folder = Folder::with(&[("a/b/x.yaml", "")]);
    for input in ["a", "a/", "a/.", "./a", "a/b/..", "a//"] {
        assert_eq!(list(&[folder.input(input)], &Options::default()), ["b/x.yaml"], "{input}");
    }
}

#[test]
fn single_files() {
    let folder = Folder::with(&[("a/x.yaml", ""), ("b/x.yaml", ""), ("b/y.json", ""), ("b/notes.txt", "")]);
    assert_eq!(list(&[folder.input("a/x.yaml")], &Options::default()), ["x.yaml"]);
    // Reports know files by their relative path: two of one name keep what tells them apart.
    let both = [folder.input("b/x.yaml"), folder.input("a/x.yaml"), folder.input("b/y.json")];
    assert_eq!(list(&both, &Options::default()), ["a/x.yaml", "b/x.yaml", "y.json"]);
    let error = find(&[folder.input("b/notes.txt")], &Options::default()).unwrap_err();
    assert!(error.to_string().contains("notes.txt is no .yaml, .yml or .json file"), "{error}");
}

#[test]
fn every_file_once() {
    let folder = Folder::with(&[("a/x.yaml", ""), ("a/b/y.yaml", "")]);
    let inputs = [folder.input("a/b/y.yaml"), folder.input("a"), folder.input("a/x.yaml"), folder.input("a/*.yaml")];
    let files = find(&inputs, &Options::default()).unwrap();
    let paths: Vec<_> = files.list.iter().map(|file| file.absolute.clone()).collect();
    assert_eq!(paths, [folder.path("a/b/y.yaml"), folder.path("a/x.yaml")]);
}

#[test]
fn globs() {
    let folder = Folder::with(&[
        ("m/a.yaml", ""),
        ("m/sub/b.yaml", ""),
        ("m/sub/b.yml", ""),
        ("m/sub/deep/c.json", ""),
        ("m/env-a/deploy.yaml", ""),
        ("m/env-b/deploy.yaml", ""),
        ("m/a.txt", ""),
    ]);
    for (glob, expected) in [
        ("m/*.yaml", &["a.yaml", "env-a/deploy.yaml", "env-b/deploy.yaml", "sub/b.yaml"][..]),
        ("m/*", &["a.yaml", "env-a/deploy.yaml", "env-b/deploy.yaml", "sub/b.yaml", "sub/b.yml", "sub/deep/c.json"]),
        ("m/[ab].y*ml", &["a.yaml", "sub/b.yaml", "sub/b.yml"]),
        ("m/?.json", &["sub/deep/c.json"]),
        ("m/sub/**", &["b.yaml", "b.yml", "deep/c.json"]),
        ("m/**/b.*", &["sub/b.yaml", "sub/b.yml"]),
        ("m/**/*.json", &["sub/deep/c.json"]),
        ("m/env-*/deploy.yaml", &["env-a/deploy.yaml", "env-b/deploy.yaml"]),
        ("m/{sub,env-a}/*.yaml", &["env-a/deploy.yaml", "sub/b.yaml"]),
        ("m/*/*.yaml", &["env-a/deploy.yaml", "env-b/deploy.yaml", "sub/b.yaml"]),
    ] {
        assert_eq!(list(&[folder.input(glob)], &Options::default()), expected, "{glob}");
    }
    let refused = |glob: &str| find(&[folder.input(glob)], &Options::default()).unwrap_err();
    assert!(matches!(refused("m/*.toml"), SourceError::NoMatch { .. }));
    assert!(matches!(refused("none/*.yaml"), SourceError::NotFound { .. }));
    assert!(matches!(refused("m/[a.yaml"), SourceError::Glob { .. }));
    // A file may have such a name.
    folder.write("m/[odd].yaml", "");
    assert_eq!(list(&[folder.input("m/[odd].yaml")], &Options::default()), ["[odd].yaml"]);
}

#[test]
fn what_does_not_exist() {
    let folder = Folder::new();
    for input in ["nothing", "nothing/x.yaml"] {
        let error = find(&[folder.input(input)], &Options::default()).unwrap_err();
        assert!(matches!(error, SourceError::NotFound { .. }), "{error:?}");
        assert!(error.to_string().contains(&folder.input(input)), "{error}");
    }
    let error = find(&["-".to_owned(), folder.input("")], &Options::default()).unwrap_err();
    assert!(matches!(error, SourceError::StdinMixed));
}

#[test]
fn ignore_rules() {
    let files =
        [("a.yaml", ""), ("vendor/b.yaml", ""), ("vendor/keep.yaml", ""), ("x/c.yaml", ""), ("x/d.gen.yaml", "")];
    let folder = Folder::with(&files);
    let excluding = |patterns: &[&str], no_ignore_file| {
        let exclude = patterns.iter().map(|pattern| (*pattern).to_owned()).collect();
        list(&[folder.input("")], &Options { exclude, no_ignore_file, ..Options::default() })
    };
    assert_eq!(excluding(&["vendor"], false), ["a.yaml", "x/c.yaml", "x/d.gen.yaml"]);
    assert_eq!(
        excluding(&["vendor/*", "!vendor/keep.yaml"], false),
        ["a.yaml", "vendor/keep.yaml", "x/c.yaml", "x/d.gen.yaml"]
    );
    assert_eq!(excluding(&["*.gen.yaml", "/a.yaml"], false), ["vendor/b.yaml", "vendor/keep.yaml", "x/c.yaml"]);
    assert_eq!(excluding(&["./x", "vendor/"], false), ["a.yaml"]);
    assert_eq!(excluding(&["**/c.yaml", "# no comment", ""], false).len(), 4);

    folder.write(".kubescapeignore", "# generated\n*.gen.yaml\nvendor/*\n");
    // One below the root means nothing.
    folder.write("x/.kubescapeignore", "c.yaml\n");
    assert_eq!(excluding(&[], false), ["a.yaml", "x/c.yaml"]);
    assert_eq!(excluding(&["!vendor/keep.yaml", "x"], false), ["a.yaml", "vendor/keep.yaml"]);
    assert_eq!(excluding(&["x"], true), ["a.yaml", "vendor/b.yaml", "vendor/keep.yaml"]);

    let options = Options { exclude: vec!["a.yaml".to_owned()], ..Options::default() };
    let named = find(&[folder.input("a.yaml")], &options).unwrap();
    assert!(named.list.is_empty());
    assert!(named.warnings[0].to_string().contains("left out"), "{:?}", named.warnings);
}

#[test]
fn malformed_rules() {
    let folder = Folder::with(&[("a.yaml", ""), (".kubescapeignore", "[z-a]\nb.yaml\n"), ("b.yaml", "")]);
    for (pattern, fits) in [
        ("x[", false),
        ("[]", false),
        ("[!]a", false),
        ("[z-a]", false),
        ("[]]", true),
        ("\\[", true),
        ("x{", false),
        ("[a]", true),
    ] {
        let options = Options { exclude: vec!["ok".to_owned(), pattern.to_owned()], ..Options::default() };
        match find(&[folder.input("")], &options) {
            Ok(_) => assert!(fits, "{pattern}"),
            Err(error) => {
                assert!(!fits, "{pattern}: {error}");
                assert!(error.to_string().starts_with(&format!("--exclude-path: {pattern:?}")), "{error}");
            }
        }
    }
    // The other lines of the file count.
    let found = find(&[folder.input("")], &Options::default()).unwrap();
    assert_eq!(found.list.len(), 1);
    assert!(found.warnings[0].to_string().starts_with(".kubescapeignore: "), "{:?}", found.warnings);
}

#[cfg(unix)]
#[test]
fn symbolic_links() {
    use std::os::unix::fs::symlink;
    let outside = Folder::with(&[("secret.yaml", &pod("outside"))]);
    // As the kubelet mounts a ConfigMap: every file is a link through `..data`.
    let folder = Folder::with(&[("m/..2026/a.yaml", &pod("a"))]);
    symlink("..2026", folder.path("m/..data")).unwrap();
    symlink("..data/a.yaml", folder.path("m/a.yaml")).unwrap();
    symlink("a.yaml", folder.path("m/again.yaml")).unwrap();
    symlink(".", folder.path("m/loop")).unwrap();
    symlink("loop.yaml", folder.path("m/loop.yaml")).unwrap();
    symlink("nowhere", folder.path("m/gone.yaml")).unwrap();
    symlink("nowhere", folder.path("m/gone.txt")).unwrap();
    symlink(outside.path("secret.yaml"), folder.path("m/out.yaml")).unwrap();
    symlink("..2026", folder.path("m/folder.yaml")).unwrap();
    let seen = scan_folder(&folder);
    assert_eq!(seen.objects, ["m/..2026/a.yaml:0 Pod/a"]);
    let warnings: Vec<_> = seen.warnings.iter().map(|warning| warning.split(':').next().unwrap()).collect();
    assert_eq!(warnings, ["m/gone.yaml", "m/loop.yaml", "m/out.yaml"]);
    assert!(seen.warnings[2].contains("out of the scanned folder"), "{}", seen.warnings[2]);
    // Named itself, a link is what it leads to.
    symlink("m", folder.path("named")).unwrap();
    assert_eq!(list(&[folder.input("named")], &Options::default()), ["..2026/a.yaml"]);
    assert_eq!(list(&[folder.input("m/out.yaml")], &Options::default()), ["out.yaml"]);
}

#[cfg(unix)]
#[test]
fn special_files() {
    let folder = Folder::with(&[("a.yaml", "")]);
    let made = std::process::Command::new("mkfifo").arg(folder.path("pipe.yaml")).status().unwrap();
    assert!(made.success());
    let _socket = std::os::unix::net::UnixListener::bind(folder.path("socket.json")).unwrap();
    let found = find(&[folder.input("")], &Options::default()).unwrap();
    assert_eq!(found.list.len(), 1);
    assert_eq!(found.warnings.len(), 2);
    assert!(found.warnings[0].to_string().contains("pipe.yaml: it is a device, pipe or socket"));
    let error = find(&[folder.input("pipe.yaml")], &Options::default()).unwrap_err();
    assert!(matches!(error, SourceError::Special { .. }));
}

#[cfg(unix)]
#[test]
fn folders_that_cannot_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(&[("a.yaml", ""), ("closed/b.yaml", ""), ("c.yaml", "")]);
    let close = |mode| {
        fs::set_permissions(folder.path("closed"), fs::Permissions::from_mode(mode)).unwrap();
        fs::set_permissions(folder.path("c.yaml"), fs::Permissions::from_mode(mode)).unwrap();
    };
    close(0o000);
    let closed = fs::read_dir(folder.path("closed")).is_err();
    let found = find(&[folder.input("")], &Options::default());
    let named = find(&[folder.input("c.yaml")], &Options::default());
    let seen = scan_folder(&folder);
    close(0o700);
    if !closed {
        // Root reads everything.
        return;
    }
    assert!(found.unwrap().warnings[0].to_string().starts_with("closed: it cannot be read"));
    assert!(matches!(named.unwrap_err(), SourceError::Unreadable { .. }));
    assert_eq!(seen.skipped, ["c.yaml@0 it cannot be read; check its permissions"]);
}
