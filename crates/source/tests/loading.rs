//! What files give.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

mod common;

use common::{Folder, json, pod, scan, scan_folder};
use ks_object::Object;
use ks_source::{Loaded, Opened, Options, find, load, locate};
use ks_yaml::Limits;
use std::time::{Duration, Instant};

#[track_caller]
fn check(name: &str, bytes: impl AsRef<[u8]>, objects: &[&str], skipped: &[&str]) {
    let folder = Folder::new();
    folder.write(name, bytes);
    let seen = scan_folder(&folder);
    assert_eq!(seen.objects, objects, "{seen:?}");
    assert_eq!(seen.skipped.len(), skipped.len(), "{seen:?}");
    for (got, wanted) in seen.skipped.iter().zip(skipped) {
        // `place part`: the reason need only have the part.
        let (place, part) = wanted.split_once(' ').unwrap_or((wanted, ""));
        assert!(got.starts_with(&format!("{place} ")) && got.contains(part), "{got:?} is not {wanted:?}");
    }
    assert!(seen.warnings.is_empty(), "{seen:?}");
}

#[test]
fn documents() {
    let text = format!("# licence\n---\n{}---\n---\n{}...\n---\n# nothing\n", pod("a"), pod("b"));
    check("x.yaml", &text, &["x.yaml:0 Pod/a", "x.yaml:2 Pod/b"], &[]);
    check("x.yaml", text.replace('\n', "\r\n"), &["x.yaml:0 Pod/a", "x.yaml:2 Pod/b"], &[]);
    check("empty.yaml", "", &[], &[]);
    check("empty.json", " \n", &[], &[]);
}

#[test]
fn other_yaml_is_passed_over() {
    for text in [
        "a: 1",
        "just text",
        "- a\n- b",
        "- name: play\n  hosts: all",
        "42",
        "kind: Pod\nmetadata: {name: x}",
        "apiVersion: v2\nname: chart",
        "apiVersion: 1\nname: x",
        "apiVersion:\nkind: Pod",
        "apiVersion: ''\nkind: Pod",
        "kind: [a]\nb: c",
        "services: {web: {image: nginx}}",
    ] {
        check("x.yaml", text, &[], &[]);
    }
    check("package.json", "{\"name\": \"x\", \"version\": \"1\"}", &[], &[]);
    check("data.json", "[1, 2, {\"a\": 1}]", &[], &[]);
    check("text.json", "\"x\"", &[], &[]);
}

#[test]
fn lists() {
    let items = "items:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a}\n- a: 1\n- kind: Service\n  apiVersion: v1\n  metadata: {name: b}\n";
    check("x.yaml", format!("apiVersion: v1\nkind: List\n{items}"), &["x.yaml:0#0 Pod/a", "x.yaml:0#2 Service/b"], &[]);
    // A list of one kind need not repeat it.
    check(
        "x.yaml",
        "kind: RoleBindingList\napiVersion: rbac.authorization.k8s.io/v1\nmetadata: {resourceVersion: '1'}\nitems:\n- metadata: {name: a}\n- {}\n",
        &["x.yaml:0#0 RoleBinding/a", "x.yaml:0#1 RoleBinding/-"],
        &[],
    );
    check(
        "x.yaml",
        "kind: List\napiVersion: v1\nitems:\n- kind: List\n  apiVersion: v1\n  items:\n  - {apiVersion: v1, kind: Pod, metadata: {name: a}}\n- {apiVersion: v1, kind: Pod, metadata: {name: b}}\n",
        &["x.yaml:0#0 Pod/a", "x.yaml:0#1 Pod/b"],
        &[],
    );
    check("x.yaml", "kind: List\napiVersion: v1\nitems: []\n---\nkind: List\napiVersion: v1\n", &[], &[]);
    check("x.yaml", "kind: PodList\napiVersion: v1\nitems:\n", &[], &[]);
    // An object whose kind only ends like a list.
    check(
        "x.yaml",
        "kind: AllowList\napiVersion: example.org/v1\nmetadata: {name: a}\nitems: [x]\n",
        &["x.yaml:0 AllowList/a"],
        &[],
    );
    let object = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"}}";
    check("x.json", format!("[{object},{object}]"), &["x.json:0#0 Pod/a", "x.json:0#1 Pod/a"], &[]);
    check(
        "x.json",
        format!("{{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[{object}]}}"),
        &["x.json:0#0 Pod/a"],
        &[],
    );
    check("x.yaml", format!("[{object}]"), &[], &["x.yaml:0@1 no Kubernetes document"]);
    check("x.yaml", format!("\t\t{object}").trim_start(), &["x.yaml:0 Pod/a"], &[]);
}

#[test]
fn items_are_objects_of_their_own() {
    let folder = Folder::with(&[(
        "x.yaml",
        "x: &l {app: w}\n---\napiVersion: apps/v1\nkind: DeploymentList\nitems:\n- metadata: &m\n    name: a\n    labels: {t: 1}\n  spec: {replicas: 2}\n- kind: Deployment\n  metadata: *m\n",
    )]);
    let files = find(&[folder.input("")], &Options::default()).unwrap();
    let mut found = Vec::new();
    load(&files.list[0], &Options::default(), &mut |loaded| {
        if let Loaded::Object { tree, origin } = loaded {
            found.push((json(&tree), tree.root().unwrap().find("metadata.name").node.position().line, origin));
        }
    });
    assert_eq!(
        found[0].0,
        r#"{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"labels":{"t":1},"name":"a"},"spec":{"replicas":2}}"#
    );
    assert_eq!(found[1].0, r#"{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"labels":{"t":1},"name":"a"}}"#);
    // An alias keeps the place of its anchor.
    assert_eq!((found[0].1, found[1].1), (7, 7));
    let mut opened = Opened::new(&files.list[0], &Options::default()).unwrap();
    for (text, _, origin) in &found {
        assert_eq!(json(&opened.object(origin).unwrap()), *text);
        let (whole, tree) = locate(origin, &Options::default()).unwrap();
        assert_eq!(json(&tree), *text);
        assert!(whole.starts_with("x: &l"));
    }
    let mut gone = found[1].2.clone();
    gone.item = Some(2);
    assert!(opened.object(&gone).is_none());
    folder.write("x.yaml", "");
    assert!(locate(&found[0].2, &Options::default()).is_none());
}

#[test]
fn a_bad_document_stops_no_other() {
    let text =
        format!("{}---\na: [\n---\n{}---\nkind: Pod\napiVersion: v1\nkind: Pod\n---\n{}", pod("a"), pod("b"), pod("c"));
    check(
        "x.yaml",
        text,
        &["x.yaml:0 Pod/a", "x.yaml:2 Pod/b", "x.yaml:4 Pod/c"],
        &["x.yaml:1@6 ", "x.yaml:3@15 key `kind` is given twice, first on line 13"],
    );
}

#[test]
fn malformed_objects() {
    for (text, skipped) in [
        ("apiVersion: v1\nkind: Pod\nmetadata:\n  name: 5\n", "x.yaml:0@4 metadata.name is the number 5"),
        ("apiVersion: v1\nkind: Pod\nmetadata:\n  name: {a: b}\n", "x.yaml:0@4 metadata.name is a mapping"),
        (
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  namespace: on\n",
            "x.yaml:0@5 metadata.namespace is the boolean true",
        ),
        ("apiVersion: v1\nkind: Pod\nmetadata:\n- name: a\n", "x.yaml:0@4 metadata is a list"),
        ("apiVersion: 1.5\nkind: Pod\n", "x.yaml:0@1 apiVersion is the number 1.5"),
        ("apiVersion: v1\nkind: 5\n", "x.yaml:0@2 kind is the number 5"),
        ("apiVersion: v1\nkind:\n- Pod\n", "x.yaml:0@3 kind is a list"),
    ] {
        check("x.yaml", text, &[], &[skipped]);
        check("x.yaml", format!("{text}---\n{}", pod("b")), &["x.yaml:1 Pod/b"], &[skipped]);
    }
    check("x.yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n  name:\n  namespace: ~\n", &["x.yaml:0 Pod/-"], &[]);
    check("x.yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n", &["x.yaml:0 Pod/-"], &[]);
    let list = "kind: List\napiVersion: v1\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: 5}}\n- {apiVersion: v1, kind: Pod, metadata: {name: b}}\n";
    check("x.yaml", list, &["x.yaml:0#1 Pod/b"], &["x.yaml:0@4 metadata.name"]);
}

#[test]
fn bad_json() {
    for (text, skipped) in [
        ("{\"a\": 1}\n{\"b\": 2}", "x.json@2 more than one JSON value"),
        ("{\"a\": 1,\n \"a\": 2}", "x.json@2 key `a` is given twice"),
        ("{\"a\": 1,}", "x.json@1 "),
        ("{", "x.json@1 too early"),
        ("a: 1", "x.json@1 "),
    ] {
        check("x.json", text, &[], &[skipped]);
    }
}

#[test]
fn text_that_is_none() {
    let mut bytes = pod("a").into_bytes();
    bytes.extend(b"---\n# c\nkind: \xff\xfe\n---\n");
    bytes.extend(pod("b").bytes());
    check("x.yaml", &bytes, &["x.yaml:0 Pod/a", "x.yaml:2 Pod/b"], &["x.yaml:1@7 UTF-8"]);
    check("x.yaml", b"a: \xe9", &[], &["x.yaml:0@1 UTF-8"]);
    // The last line of one document and the first of the next.
    check("x.yaml", b"a: 1\n---\nb: \xc3\n", &[], &["x.yaml:1@3 UTF-8"]);
    check("x.json", b"{\n\"a\": \"\xe9\"}", &[], &["x.json@2 UTF-8"]);
    check("x.yaml", pod("a\u{0}b"), &[], &["x.yaml:0@4 "]);
    check("x.yaml", [0u8; 1000], &[], &["x.yaml:0@1 "]);
    check("x.yaml", b"\x1f\x8b\x08\x00binary \x00\xff\xfe\x80", &[], &["x.yaml:0@1 UTF-8"]);
}

#[test]
fn byte_order_marks() {
    let text = format!("{}---\n{}", pod("a"), pod("é😀"));
    let expected = ["x.yaml:0 Pod/a", "x.yaml:1 Pod/é😀"];
    check("x.yaml", format!("\u{feff}{text}"), &expected, &[]);
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    check("x.yaml", [&b"\xff\xfe"[..], &little].concat(), &expected, &[]);
    check("x.yaml", [&b"\xfe\xff"[..], &big].concat(), &expected, &[]);
    let json = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"}}";
    let little: Vec<u8> = json.encode_utf16().flat_map(u16::to_le_bytes).collect();
    check("x.json", [&b"\xff\xfe"[..], &little].concat(), &["x.json:0 Pod/a"], &[]);
    // A lone surrogate and a missing byte.
    check("x.yaml", b"\xff\xfea\0:\0 \0\x00\xd8\n\0b\0:\0", &[], &["x.yaml:0@1 UTF-8"]);
    check("x.yaml", b"\xff\xfea\0:\0 \0b", &[], &["x.yaml:0@1 UTF-8"]);
}

#[test]
fn limits() {
    let folder =
        Folder::with(&[("a.yaml", &pod("a")), ("big.yaml", &format!("# {}\n{}", "x".repeat(2000), pod("big")))]);
    let small = Options { max_file_size: 1000, ..Options::default() };
    let seen = scan(&[folder.input("")], &small);
    assert_eq!(seen.objects, ["a.yaml:0 Pod/a"]);
    assert_eq!(seen.skipped.len(), 1);
    assert!(seen.skipped[0].starts_with("big.yaml@0 it is larger than 1000 bytes"), "{seen:?}");
    // A file of 1 GiB is not read: it has holes, so reading alone would do no harm but take time.
    let file = std::fs::File::create(folder.path("huge.yaml")).unwrap();
    file.set_len(1 << 30).unwrap();
    let begun = Instant::now();
    let seen = scan_folder(&folder);
    assert!(seen.skipped[0].starts_with("huge.yaml@0 it is larger than"), "{seen:?}");
    assert!(begun.elapsed() < Duration::from_secs(2));

    let tight = Options { limits: Limits { max_depth: 5, max_values: 20 }, ..Options::default() };
    let folder =
        Folder::with(&[("x.yaml", &format!("{}---\na: [[[[[[]]]]]]\n---\nb: [{}]\n", pod("a"), "1,".repeat(30)))]);
    let seen = scan(&[folder.input("")], &tight);
    assert_eq!(seen.objects, ["x.yaml:0 Pod/a"]);
    assert!(seen.skipped[0].contains("more than 5 levels"), "{seen:?}");
    assert!(seen.skipped[1].contains("more than 20 values"), "{seen:?}");
}

#[test]
fn bombs_end_quickly() {
    let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
    for n in 1..30 {
        bomb.push_str(&format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 10].join(",")));
    }
    let folder = Folder::with(&[
        ("bomb.yaml", &format!("{bomb}---\n{}", pod("after"))),
        ("deep.yaml", &"[".repeat(1_000_000)),
        ("deep.json", &"[".repeat(1_000_000)),
        ("tabs.yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n\tname: a\n"),
    ]);
    let begun = Instant::now();
    let seen = scan_folder(&folder);
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert_eq!(seen.objects, ["bomb.yaml:1 Pod/after"]);
    for (got, part) in seen.skipped.iter().zip(["bomb.yaml:0@", "deep.json@1", "deep.yaml:0@1", "tabs.yaml:0@4 a tab"])
    {
        assert!(got.starts_with(part), "{got}");
    }
    assert_eq!(seen.skipped.len(), 4);
}

#[test]
fn templates() {
    let text = "{{- if .Values.on }}\napiVersion: v1\nkind: Pod\n{{- end }}\n";
    let folder = Folder::with(&[
        ("chart/Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n"),
        ("chart/values.yaml", "on: true\n"),
        ("chart/templates/sub/a.yaml", &format!("# c\n{text}")),
        ("chart/templates/plain.yaml", &pod("plain")),
        ("other/templates/a.yaml", text),
        ("quoted.yaml", &format!("{}  annotations: {{a: '{{{{ x }}}}'}}\n", pod("quoted"))),
    ]);
    let seen = scan_folder(&folder);
    assert_eq!(seen.objects, ["chart/templates/plain.yaml:0 Pod/plain", "quoted.yaml:0 Pod/quoted"]);
    assert_eq!(seen.skipped[0], "chart/templates/sub/a.yaml@2 Helm template; charts are rendered in a later version");
    assert!(seen.skipped[1].starts_with("other/templates/a.yaml:0@1"), "{seen:?}");
    assert!(seen.skipped[1].ends_with("render it first"), "{seen:?}");
    assert_eq!(seen.skipped.len(), 2);
}

#[test]
fn misspelt_kinds() {
    let object = |version: &str, kind: &str| format!("apiVersion: {version}\nkind: {kind}\nmetadata: {{name: a}}\n");
    for (version, kind, warning) in [
        ("apps/v1", "Deploymnt", "x.yaml:2: `Deploymnt` is no kind of `apps/v1`; did you mean `Deployment`?"),
        ("apps/v1", "deployment", "did you mean `Deployment`?"),
        ("v1", "Deployment", "it belongs to `apps`"),
        ("apps/v1", "Pod", "it belongs to the core group, `v1`"),
        ("rbac.authorization.k8s.io/v1", "Something", "check apiVersion and kind"),
    ] {
        let folder = Folder::with(&[("x.yaml", &object(version, kind))]);
        let seen = scan_folder(&folder);
        assert_eq!(seen.objects, [format!("x.yaml:0 {kind}/a")], "judged all the same");
        assert!(seen.warnings.len() == 1 && seen.warnings[0].contains(warning), "{seen:?}");
    }
    for (version, kind) in [
        ("v1", "Pod"),
        ("apps/v1beta1", "Deployment"),
        ("extensions/v1beta1", "Ingress"),
        ("policy/v1beta1", "PodSecurityPolicy"),
        ("auditregistration.k8s.io/v1alpha1", "AuditSink"),
        ("v1", "Config"),
        ("example.org/v1", "Deploymnt"),
        ("kubelet.config.k8s.io/v1beta1", "KubeletConfiguration"),
    ] {
        check("x.yaml", object(version, kind), &[&format!("x.yaml:0 {kind}/a")], &[]);
    }
}

#[test]
fn files_that_vanish_are_told() {
    let folder = Folder::with(&[("a.yaml", &pod("a"))]);
    let files = find(&[folder.input("")], &Options::default()).unwrap();
    std::fs::remove_file(folder.path("a.yaml")).unwrap();
    let mut reasons = Vec::new();
    load(&files.list[0], &Options::default(), &mut |loaded| {
        if let Loaded::Skipped(skipped) = loaded {
            reasons.push(skipped.reason);
        }
    });
    assert_eq!(reasons, ["it is gone; scan again"]);
}

#[test]
fn scalars_are_kubernetes_scalars() {
    let folder = Folder::with(&[("x.yaml", &format!("{}spec: {{hostNetwork: yes, mode: 0644}}\n", pod("a")))]);
    let files = find(&[folder.input("")], &Options::default()).unwrap();
    load(&files.list[0], &Options::default(), &mut |loaded| {
        let Loaded::Object { tree, .. } = loaded else { panic!("{loaded:?}") };
        let object = Object::new(tree.root().unwrap(), 0);
        assert!(object.at(&["spec", "hostNetwork"]).unwrap().is(true));
        assert_eq!(object.at(&["spec", "mode"]).unwrap().int(), Some(420));
    });
}
