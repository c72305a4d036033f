//! Charts that want out, or want too much.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use ks_helm::{Error, Limits, Manifest, Release, Sources, render};
use std::io::Write;
use std::path::Path;

fn chart(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("Chart.yaml", "{apiVersion: v2, name: test, version: 1.0.0}")]);
    write(folder.path(), files);
    folder
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

fn run(path: &Path) -> Result<Vec<Manifest>, Error> {
    let limits = Limits { max_text: 1 << 20, max_bytes: 16 << 20, max_steps: 200_000, ..Limits::default() };
    render(path, &Sources::default(), &Release::default(), limits)
}

fn problem(path: &Path) -> String {
    match run(path) {
        Ok(_) => panic!("must fail"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn links_out_of_the_chart_are_refused() {
    let secret = tempfile::NamedTempFile::new().unwrap();
    let folder = chart(&[("templates/a.yaml", "a: {{ .Files.Get \"x\" }}")]);
    std::os::unix::fs::symlink(secret.path(), folder.path().join("x")).unwrap();
    assert!(problem(folder.path()).contains("leads out of the chart"));
}

#[test]
fn a_link_inside_is_followed_and_a_loop_is_not() {
    let folder = chart(&[("data/x", "found"), ("templates/a.yaml", "a: {{ .Files.Get \"y\" }}")]);
    std::os::unix::fs::symlink(folder.path().join("data/x"), folder.path().join("y")).unwrap();
    assert!(run(folder.path()).unwrap()[0].text.contains("found"));
    std::os::unix::fs::symlink(folder.path(), folder.path().join("data/loop")).unwrap();
    assert!(problem(folder.path()).contains("leads out of the chart"));
}

#[test]
fn files_are_those_of_the_chart_only() {
    let text = "a: {{ .Files.Get \"/etc/passwd\" | quote }}{{ .Files.Get \"../../../etc/passwd\" }}";
    let folder = chart(&[("templates/a.yaml", text)]);
    assert!(!run(folder.path()).unwrap()[0].text.contains("root"));
}

fn archive(entries: &[(&str, &[u8])]) -> tempfile::NamedTempFile {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, data) in entries {
        let mut header = tar::Header::new_gnu();
        // The library refuses such names; an attacker's does not.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(data.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        tar.append(&header, *data).unwrap();
    }
    let mut file = tempfile::Builder::new().suffix(".tgz").tempfile().unwrap();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&tar.into_inner().unwrap()).unwrap();
    file.write_all(&gzip.finish().unwrap()).unwrap();
    file
}

const CHART: (&str, &[u8]) = ("test/Chart.yaml", b"{apiVersion: v2, name: test, version: 1.0.0}");

#[test]
fn archives_are_read_and_paths_out_of_them_are_refused() {
    let good = archive(&[CHART, ("test/templates/a.yaml", b"a: {{ .Chart.Name }}")]);
    assert_eq!(run(good.path()).unwrap()[0].text, "a: test\n");
    let bad = archive(&[CHART, ("test/../../escape", b"x")]);
    assert!(problem(bad.path()).contains("leads out of it"));
    let absolute = archive(&[CHART, ("/etc/escape", b"x")]);
    assert!(problem(absolute.path()).contains("leads out of it"));
}

#[test]
fn an_archive_that_unpacks_to_too_much_is_refused() {
    let huge = vec![0; 33 << 20];
    let bomb = archive(&[CHART, ("test/big", &huge)]);
    assert!(problem(bomb.path()).contains("too large"));
}

#[test]
fn templates_without_end_reach_a_limit() {
    for text in [
        "{{ define \"t\" }}{{ include \"t\" . }}{{ end }}{{ include \"t\" . }}",
        "{{ range until 100000 }}{{ repeat 100000 \"x\" }}{{ end }}",
        "{{ range 1000000000 }}{{ end }}",
    ] {
        let folder = chart(&[("templates/a.yaml", text)]);
        match run(folder.path()) {
            Err(error) => assert!(error.is_limit() && error.to_string().contains("test/templates/a.yaml"), "{error}"),
            Ok(_) => panic!("{text} must fail"),
        }
    }
}

#[test]
fn charts_inside_charts_inside_charts() {
    let folder = chart(&[]);
    let mut path = folder.path().to_path_buf();
    for _ in 0..20 {
        path = path.join("charts/inner");
        std::fs::create_dir_all(&path).unwrap();
        write(&path, &[("Chart.yaml", "{apiVersion: v2, name: inner, version: 1.0.0}")]);
    }
    assert!(problem(folder.path()).contains("levels deep"));
}

#[test]
fn odd_charts_say_what_is_wrong() {
    for (files, wanted) in [
        (vec![("Chart.yaml", "name: x")], "version is required"),
        (vec![("Chart.yaml", "{name: ../x, version: 1.0.0}")], "is invalid"),
        (vec![("Chart.yaml", "- a")], "must be a mapping"),
        (vec![("values.yaml", "a: [")], "values.yaml"),
        (vec![("templates/a.yaml", "a:\n\tb: 1")], "test/templates/a.yaml"),
        (vec![("templates/a.yaml", "just text")], "test/templates/a.yaml"),
        (vec![("values.schema.json", "{\"$ref\": \"http://example.com/x.json\"}")], "schema"),
    ] {
        let folder = chart(&files);
        let problem = problem(folder.path());
        assert!(problem.contains(wanted), "{problem} wants {wanted}");
    }
    assert!(problem(Path::new("/nowhere/chart")).contains("/nowhere/chart"));
}
