//! Where values come from and how they come together.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use ks_helm::{Error, Limits, Release, Sources, render};
use std::path::Path;

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

const SHOW: (&str, &str) = ("templates/show.yaml", "v: {{ toJson .Values | squote }}");

/// The values that a chart's template sees, as JSON.
fn values(files: &[(&str, &str)], sources: &Sources) -> Result<Vec<String>, Error> {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("Chart.yaml", "{apiVersion: v2, name: test, version: 1.0.0}"), SHOW]);
    write(folder.path(), files);
    let manifests = render(folder.path(), sources, &Release::default(), Limits::default())?;
    Ok(manifests.iter().map(|one| one.text.trim().trim_start_matches("v: ").trim_matches('\'').to_owned()).collect())
}

fn given(flag: &str) -> Sources {
    Sources { set: vec![flag.to_owned()], ..Sources::default() }
}

#[test]
fn set() {
    for (flag, wanted) in [
        ("a=1,b=true,c=1.5,d=007,e=,f=-3", r#"{"a":1,"b":true,"c":"1.5","d":"007","e":"","f":-3}"#),
        ("a.b.c=x,a.d=y", r#"{"a":{"b":{"c":"x"},"d":"y"}}"#),
        ("a={x,1,true},b={}", r#"{"a":["x",1,true],"b":[""]}"#),
        ("a[1]=x,b[0].c[1]=y", r#"{"a":[null,"x"],"b":[{"c":[null,"y"]}]}"#),
        (r"a=x\,y,b\.c=z,d=e=f", r#"{"a":"x,y","b.c":"z","d":"e=f"}"#),
        ("a=1,a=2", r#"{"a":2}"#),
    ] {
        assert_eq!(values(&[], &given(flag)).unwrap(), [wanted], "{flag}");
    }
    for (flag, wanted) in [
        ("a", "has no value"),
        ("a[x]=1", "error parsing index"),
        ("a[-1]=1", "negative"),
        ("a[99999999]=1", "greater than maximum"),
        ("a={x", "must terminate"),
        ("a,b=1", "cannot end with ,"),
    ] {
        let error = values(&[], &given(flag)).unwrap_err().to_string();
        assert!(error.contains(wanted) && error.contains(flag), "{flag}: {error}");
    }
}

#[test]
fn other_flags() {
    let one = |flag: &str| vec![flag.to_owned()];
    let text = Sources { set_string: one("a=1,b=null"), ..Sources::default() };
    assert_eq!(values(&[], &text).unwrap(), [r#"{"a":"1","b":"null"}"#]);
    let json =
        Sources { set_json: vec![r#"a={"b":[1,null]},c="x""#.into(), r#"{"d": 1}"#.into()], ..Sources::default() };
    assert_eq!(values(&[], &json).unwrap(), [r#"{"a":{"b":[1,null]},"c":"x","d":1}"#]);
    let literal = Sources { set_literal: one(r"a.b=x,y={\z}"), ..Sources::default() };
    assert_eq!(values(&[], &literal).unwrap(), [r#"{"a":{"b":"x,y={\\z}"}}"#]);
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "a,b=c").unwrap();
    let from_file = Sources { set_file: one(&format!("a={}", file.path().display())), ..Sources::default() };
    assert_eq!(values(&[], &from_file).unwrap(), [r#"{"a":"a,b=c"}"#]);
    let bad = Sources { set_json: one("a={bad"), ..Sources::default() };
    assert!(values(&[], &bad).unwrap_err().to_string().contains("a={bad"));
}

#[test]
fn null_removes_what_the_chart_has() {
    let defaults = ("values.yaml", "{a: 1, b: {c: 2, d: 3}, kept: null}");
    assert_eq!(
        values(&[defaults], &given("a=null,b.c=null,new=null")).unwrap(),
        [r#"{"b":{"d":3},"kept":null,"new":null}"#]
    );
}

#[test]
fn charts_below() {
    let below = [
        (
            "Chart.yaml",
            "{apiVersion: v2, name: test, version: 1.0.0, dependencies: [{name: sub, version: '>=1', condition: sub.on, tags: [t]}]}",
        ),
        ("values.yaml", "{global: {g: 1}, sub: {a: parent}}"),
        ("charts/sub/Chart.yaml", "{apiVersion: v2, name: sub, version: 1.2.0}"),
        ("charts/sub/values.yaml", "{a: own, b: own}"),
        ("charts/sub/templates/show.yaml", SHOW.1),
        ("templates/show.yaml", ""),
    ];
    assert_eq!(values(&below, &Sources::default()).unwrap(), [r#"{"a":"parent","b":"own","global":{"g":1}}"#]);
    assert_eq!(values(&below, &given("sub.on=false")).unwrap(), [""; 0]);
    assert_eq!(values(&below, &given("tags.t=false")).unwrap(), [""; 0]);
    assert_eq!(
        values(&below, &given("tags.t=false,sub.on=true,sub.b=null")).unwrap(),
        [r#"{"a":"parent","global":{"g":1},"on":true}"#]
    );
    let error = values(&below[..1], &Sources::default()).unwrap_err().to_string();
    assert!(error.contains("missing in charts/ directory: sub"), "{error}");
}

#[test]
fn order_and_hooks() {
    let text = "kind: Zebra\n---\nkind: Service\n---\n# nothing\n---\nkind: Job\nmetadata: {annotations: {helm.sh/hook: test}}\n---\nkind: Namespace\n---\nkind: Job\nmetadata: {annotations: {helm.sh/hook: unheard-of}}\n---\nkind: Apple\n";
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &[
            ("Chart.yaml", "{apiVersion: v2, name: test, version: 1.0.0}"),
            ("templates/a.yaml", text),
            ("templates/NOTES.txt", "thanks"),
            ("crds/a.yaml", "kind: CustomResourceDefinition"),
        ],
    );
    let release = Release { include_crds: true, ..Release::default() };
    let manifests = render(folder.path(), &Sources::default(), &release, Limits::default()).unwrap();
    let kinds: Vec<&str> =
        manifests.iter().map(|one| one.text.lines().find(|line| line.starts_with("kind")).unwrap()).collect();
    assert_eq!(
        kinds,
        [
            "kind: CustomResourceDefinition",
            "kind: Namespace",
            "kind: Service",
            "kind: Apple",
            "kind: Zebra",
            "kind: Job"
        ]
    );
    assert_eq!(manifests[0].source, "test/crds/a.yaml");
}
