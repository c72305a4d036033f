//! Whole trees, each about one thing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use ks_kustomize::{ChartRenderer, ChartRequest, Options, build};
use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;

fn tree(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

fn run(files: &[(&str, &str)], path: &str, options: &Options<'_>) -> Result<Vec<Value>, String> {
    let folder = tree(files);
    let built = build(&folder.path().join(path), options).map_err(|error| error.to_string())?;
    Ok(built.into_iter().map(|rendered| rendered.object).collect())
}

fn built(files: &[(&str, &str)], path: &str) -> Result<Vec<Value>, String> {
    run(files, path, &Options::default())
}

fn pointer<'a>(object: &'a Value, path: &str) -> &'a Value {
    object.pointer(path).unwrap_or(&Value::Null)
}

const CONFIG: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: '1'}\n";
const DEPLOYMENT: &str = "apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec:
  template:
    spec:
      serviceAccountName: s
      containers: [{name: a, image: web}, {name: b, image: web}]
";

#[test]
fn one_field_of_one_kustomization() {
    // A kustomization, where to look in the deployment, and what stands there.
    for (kustomization, path, wanted) in [
        ("namespace: ns", "/metadata/namespace", json!("ns")),
        ("namePrefix: p-\nnameSuffix: -s", "/metadata/name", json!("p-d-s")),
        ("commonLabels: {l: '1'}", "/spec/selector/matchLabels/l", json!("1")),
        ("labels: [{pairs: {l: '1'}}]", "/spec/selector", json!(null)),
        ("labels: [{pairs: {l: '1'}, includeTemplates: true}]", "/spec/template/metadata/labels/l", json!("1")),
        ("commonAnnotations: {a: 'on'}", "/spec/template/metadata/annotations/a", json!("on")),
        ("images: [{name: web, newTag: '2'}]", "/spec/template/spec/containers/1/image", json!("web:2")),
        ("replicas: [{name: d, count: 4}]", "/spec/replicas", json!(4)),
        (
            "patches: [{target: {kind: Dep.*}, patch: '[{\"op\": \"add\", \"path\": \"/spec/x\", \"value\": 1}]'}]",
            "/spec/x",
            json!(1),
        ),
        (
            "patchesStrategicMerge: ['{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {x: 1}}']",
            "/spec/x",
            json!(1),
        ),
        (
            "replacements: [{sourceValue: new, targets: [{select: {name: d}, fieldPaths: ['spec.template.spec.containers.*.image']}]}]",
            "/spec/template/spec/containers/1/image",
            json!("new"),
        ),
        (
            "replacements: [{source: {kind: Deployment}, targets: [{select: {kind: Deployment}, fieldPaths: ['metadata.annotations.[x.y/z]'], options: {create: true}}]}]",
            "/metadata/annotations/x.y~1z",
            json!("d"),
        ),
        (
            "buildMetadata: [managedByLabel]",
            "/metadata/labels/app.kubernetes.io~1managed-by",
            json!("kustomize-v5.8.2"),
        ),
        (
            "buildMetadata: [originAnnotations]",
            "/metadata/annotations/config.kubernetes.io~1origin",
            json!("path: d.yaml\n"),
        ),
        (
            "namePrefix: p-\nbuildMetadata: [transformerAnnotations]",
            "/metadata/annotations/alpha.config.kubernetes.io~1transformations",
            json!(
                "- configuredIn: kustomization.yaml\n  configuredBy:\n    apiVersion: builtin\n    kind: PrefixTransformer\n"
            ),
        ),
    ] {
        let text = format!("resources: [d.yaml]\n{kustomization}\n");
        let objects = built(&[("kustomization.yaml", &text), ("d.yaml", DEPLOYMENT)], "")
            .unwrap_or_else(|error| panic!("{kustomization}: {error}"));
        assert_eq!(*pointer(&objects[0], path), wanted, "{kustomization}");
    }
}

#[test]
fn plugins_of_files() {
    let plugin = |kind: &str, rest: &str| {
        format!("apiVersion: builtin\nkind: {kind}\nmetadata: {{name: x, namespace: n}}\n{rest}\n")
    };
    for (text, path, wanted) in [
        (plugin("NamespaceTransformer", ""), "/metadata/namespace", json!("n")),
        (
            plugin("SuffixTransformer", "suffix: -s\nfieldSpecs: [{path: metadata/name}]"),
            "/metadata/name",
            json!("d-s"),
        ),
        (
            plugin("LabelTransformer", "labels: {a: b}\nfieldSpecs: [{path: spec/l, create: true}]"),
            "/spec/l/a",
            json!("b"),
        ),
        (
            plugin("ImageTagTransformer", "imageTag: {name: web, newName: x}"),
            "/spec/template/spec/containers/0/image",
            json!("x"),
        ),
        (
            plugin(
                "ReplicaCountTransformer",
                "replica: {name: d, count: 2}\nfieldSpecs: [{path: spec/replicas, kind: Deployment, create: true}]",
            ),
            "/spec/replicas",
            json!(2),
        ),
        (plugin("PatchTransformer", "target: {kind: Deployment}\npatch: '{spec: {y: 1}}'"), "/spec/y", json!(1)),
        (
            plugin(
                "ValueAddTransformer",
                "value: v\ntargets: [{selector: {kind: Deployment}, fieldPath: metadata/namespace}]",
            ),
            "/metadata/namespace",
            json!("v"),
        ),
    ] {
        let files = [
            ("kustomization.yaml", "resources: [d.yaml]\ntransformers: [t.yaml]\n"),
            ("d.yaml", DEPLOYMENT),
            ("t.yaml", &text),
        ];
        let objects = built(&files, "").unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(*pointer(&objects[0], path), wanted, "{text}");
    }
}

#[test]
fn names_are_mended_in_the_layer_that_they_belong_to() {
    let account = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: s}\n";
    let files = [
        ("base/kustomization.yaml", "resources: [d.yaml, s.yaml]"),
        ("base/d.yaml", DEPLOYMENT),
        ("base/s.yaml", account),
        ("one/kustomization.yaml", "resources: [../base]\nnamePrefix: one-"),
        ("two/kustomization.yaml", "resources: [../base]\nnameSuffix: -two"),
        ("kustomization.yaml", "resources: [one, two]\nnamespace: ns\nsortOptions: {order: fifo}"),
    ];
    let objects = built(&files, "").unwrap();
    let accounts: Vec<&Value> =
        objects.iter().map(|object| pointer(object, "/spec/template/spec/serviceAccountName")).collect();
    assert_eq!(accounts, [&json!("one-s"), &json!(null), &json!("s-two"), &json!(null)]);
}

#[test]
fn generators_of_components_merge_into_bases() {
    let files = [
        ("base/kustomization.yaml", "configMapGenerator: [{name: g, literals: [a=1, b=2]}]"),
        ("c/kustomization.yaml", "kind: Component\nconfigMapGenerator: [{name: g, behavior: merge, literals: [b=3]}]"),
        ("kustomization.yaml", "resources: [base]\ncomponents: [c]\ngeneratorOptions: {disableNameSuffixHash: true}"),
    ];
    let objects = built(&files, "").unwrap();
    assert_eq!(objects[0]["data"], json!({"a": "1", "b": "3"}));
    assert!(objects[0]["metadata"]["name"].as_str().unwrap().starts_with("g-"), "{}", objects[0]);
}

#[test]
fn replacements_reach_into_texts() {
    let config = "apiVersion: v1
kind: ConfigMap
metadata: {name: c}
data:
  y.yaml: |
    # kept
    foo: a/b/c
  j.json: '{\"b\": [{\"name\": \"n\", \"v\": 1}], \"a\": 1}'
";
    let text = "resources: [c.yaml]
replacements:
- {sourceValue: zzz, targets: [{select: {}, fieldPaths: ['data.y\\.yaml.foo'], options: {delimiter: /, index: 1}}]}
- {sourceValue: '2', targets: [{select: {}, fieldPaths: ['data.[j.json].b.[name=n].v']}]}
";
    let objects = built(&[("kustomization.yaml", text), ("c.yaml", config)], "").unwrap();
    assert_eq!(
        objects[0]["data"],
        json!({"y.yaml": "# kept\nfoo: a/zzz/c", "j.json": "{\"a\":1,\"b\":[{\"name\":\"n\",\"v\":2}]}"})
    );
}

#[test]
fn local_configuration_is_no_output() {
    let local =
        "apiVersion: v1\nkind: Local\nmetadata: {name: l, annotations: {config.kubernetes.io/local-config: 'true'}}\n";
    let objects =
        built(&[("kustomization.yaml", "resources: [l.yaml, c.yaml]"), ("l.yaml", local), ("c.yaml", CONFIG)], "")
            .unwrap();
    assert_eq!(objects.len(), 1);
}

#[test]
fn errors_name_file_and_cause() {
    for (kustomization, parts) in [
        ("resources: [none.yaml]", &["none.yaml"][..]),
        ("resources: [c.yaml, c.yaml]", &["kustomization.yaml", "ConfigMap", "there already"]),
        ("resources: [component]", &["component"]),
        ("components: [base]", &["base", "Component"]),
        ("resources: [empty]", &["empty", "kustomization.yaml"]),
        ("resources: [c.yaml]\npatches: [{patch: '[]'}]", &["target"]),
        ("resources: [c.yaml]\npatches: [{path: p, patch: x}]", &["both"]),
        ("resources: [c.yaml]\npatches: [{target: {name: '['}, patch: '{a: 1}'}]", &["regular expression"]),
        ("resources: [c.yaml]\nreplicas: [{name: none, count: 1}]", &["replicas", "none"]),
        (
            "resources: [c.yaml]\ntransformers: [\"kind: X\\napiVersion: v1\\nmetadata: {name: run-me}\"]",
            &["run-me", "built-in"],
        ),
        ("resources: [c.yaml]\nsortOptions: {order: random}", &["random"]),
        ("resources: [c.yaml]\nvars: [{name: V, objref: {kind: None, name: x, apiVersion: v1}}]", &["V", "x"]),
        ("helmCharts: [{name: chart}]", &["chart", "kustomization.yaml"]),
        ("configMapGenerator: [{name: g, literals: [novalue]}]", &["g", "novalue"]),
        ("configMapGenerator: [{name: g, literals: [a=1, a=2]}]", &["g", "twice"]),
        ("resources: [https://user:secret@git.example.test/x]", &["git.example.test"]),
        ("components: ['git@example.test:a/b']", &["example.test"]),
    ] {
        let files = [
            ("kustomization.yaml", kustomization),
            ("c.yaml", CONFIG),
            ("base/kustomization.yaml", "namePrefix: p-"),
            ("component/kustomization.yaml", "kind: Component\nnamePrefix: p-"),
            ("empty/other.yaml", ""),
        ];
        let error = built(&files, "").expect_err(kustomization);
        for part in parts {
            assert!(error.contains(part), "{kustomization}: {error:?} names no {part:?}");
        }
    }
}

/// Says what it was asked.
struct Echo;

impl ChartRenderer for Echo {
    fn render(&self, request: &ChartRequest) -> Result<Vec<Value>, String> {
        let chart = request.chart.file_name().unwrap().to_string_lossy().into_owned();
        let data = json!({"chart": chart, "release": request.release_name, "values": request.values});
        Ok(vec![json!({"apiVersion": "v1", "kind": "Echo", "metadata": {"name": "e"}, "data": data})])
    }
}

#[test]
fn charts_of_the_tree_are_handed_on() {
    let text = "helmCharts: [{name: web, releaseName: r, valuesFile: v.yaml, valuesInline: {b: 2}}]\nnamePrefix: p-";
    let files = [("kustomization.yaml", text), ("v.yaml", "a: 1"), ("charts/web/Chart.yaml", "name: web")];
    let options = Options { charts: Some(&Echo), ..Options::default() };
    let objects = run(&files, "", &options).unwrap();
    assert_eq!(objects[0]["data"], json!({"chart": "web", "release": "r", "values": [{"a": 1}, {"b": 2}]}));
    assert_eq!(objects[0]["metadata"]["name"], "p-e");
    let remote = [("kustomization.yaml", "helmCharts: [{name: web, repo: 'https://charts.example.test'}]")];
    assert!(run(&remote, "", &options).unwrap_err().contains("charts.example.test"));
}

#[test]
fn sources_are_seen_from_the_folder() {
    let folder = tree(&[
        ("base/kustomization.yaml", "resources: [c.yaml]\nconfigMapGenerator: [{name: g, literals: [a=1]}]"),
        ("base/c.yaml", CONFIG),
        ("over/kustomization.yaml", "resources: [../base]"),
    ]);
    let built = build(&Path::join(folder.path(), "over"), &Options::default()).unwrap();
    let sources: Vec<&str> = built.iter().map(|rendered| rendered.source.as_str()).collect();
    assert_eq!(sources, ["../base/c.yaml", "../base/kustomization.yaml"]);
}
