//! The engine over real controls and objects in memory.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

use jiff::Timestamp;
use ks_control::{Context, Scope};
use ks_object::{File, FileKind, Object, Origin};
use ks_policy::{Order, Outcome, Plan, Request, Scan, Settings, Status, SubStatus, Worker, exceptions, inputs};
use std::collections::BTreeMap;
use std::sync::Arc;

const MANIFESTS: &str = r#"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop, labels: {app: web}}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: nginx
        securityContext: {privileged: true}
---
apiVersion: v1
kind: Pod
metadata:
  name: quiet
  namespace: shop
  annotations:
    kubescape.io/skip-controls: C-0057
    kubescape.io/skip-expiry: "2100-01-01T00:00:00Z"
spec:
  containers:
  - name: quiet
    image: nginx
    securityContext: {privileged: true}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: shop}
rules:
- apiGroups: [""]
  resources: [secrets]
  verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: readers, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects:
- {kind: User, apiGroup: rbac.authorization.k8s.io, name: jane}
"#;

struct Setup {
    controls: Vec<&'static str>,
    frameworks: Vec<&'static str>,
    exceptions: &'static str,
    inputs: Option<BTreeMap<String, Vec<String>>>,
    keep_raw: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self { controls: vec![], frameworks: vec![], exceptions: "[]", inputs: None, keep_raw: true }
    }
}

fn scan(manifests: &str, setup: &Setup) -> Outcome {
    let library = ks_controls::library();
    let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
    let request = Request {
        frameworks: names(&setup.frameworks),
        controls: names(&setup.controls),
        scope: Some(Scope::File),
        ..Request::default()
    };
    let values = setup.inputs.clone().unwrap_or_else(|| inputs::defaults(library.inputs));
    let settings = Settings {
        context: Context { inputs: inputs::inputs(&values), ..Context::default() },
        exceptions: exceptions::load(setup.exceptions, Timestamp::UNIX_EPOCH).unwrap().exceptions,
        inline_exceptions: true,
        now: "2026-01-01T00:00:00Z".parse().unwrap(),
        keep_raw: setup.keep_raw,
        prioritize: true,
        threads: 2,
        ..Settings::default()
    };
    let scan = Scan::new(Plan::new(library, &request, settings).unwrap());
    let file = Arc::new(File {
        root: "/src".into(),
        relative: "app.yaml".into(),
        absolute: "/src/app.yaml".into(),
        kind: FileKind::Yaml,
        content: None,
    });
    let mut worker = Worker::default();
    for document in ks_yaml::documents(manifests, ks_yaml::Limits::default()) {
        let Some(tree) = document.content.unwrap() else { continue };
        let origin = Origin { file: file.clone(), document: document.index, item: None };
        let order = Order { source: 0, object: document.index };
        scan.judge(&mut worker, &Object::new(tree.root().unwrap(), 0), Some(origin), order);
    }
    scan.leave(worker);
    scan.finish().unwrap()
}

fn verdict(outcome: &Outcome, name: &str, control: &str) -> (Status, SubStatus) {
    let resource = outcome.resources.iter().find(|resource| &*resource.name == name).expect("resource");
    let result = outcome.results(resource).find(|result| result.control().control.id == control).expect("result");
    (result.verdict.status, result.verdict.sub)
}

#[test]
fn failures_name_paths_and_inline_exceptions_cover_them() {
    let outcome = scan(MANIFESTS, &Setup { controls: vec!["C-0057"], ..Setup::default() });
    assert_eq!(verdict(&outcome, "web", "C-0057"), (Status::Failed, SubStatus::None));
    assert_eq!(verdict(&outcome, "quiet", "C-0057"), (Status::Passed, SubStatus::Exceptions));
    let web = outcome.resources.iter().find(|resource| &*resource.name == "web").unwrap();
    let result = outcome.results(web).next().unwrap();
    let paths: Vec<&str> = result.paths().map(|item| item.path).collect();
    let path = "spec.template.spec.containers[0].securityContext.privileged";
    assert_eq!(paths, [path, path]);
    assert!(web.id.starts_with("path=") && web.id.ends_with("/api=apps/v1/shop/Deployment/web"), "{}", web.id);
    let control = &outcome.controls[0];
    assert_eq!((control.counters.passed, control.counters.failed, control.excepted), (1, 1, 1));
    assert!((control.compliance - 50.0).abs() < f32::EPSILON);
    // Three replicas weigh 3.3, the Pod 1.
    assert!((control.score - 3.3 / 4.3 * 100.0).abs() < 0.01, "{}", control.score);
}

#[test]
fn grants_are_resources_of_their_own() {
    let outcome = scan(MANIFESTS, &Setup { controls: vec!["C-0015", "C-0186"], ..Setup::default() });
    assert_eq!(outcome.resources.len(), 1);
    let jane = &outcome.resources[0];
    assert_eq!((&*jane.kind, &*jane.name, &*jane.api_version), ("User", "jane", "rbac.authorization.k8s.io"));
    assert!(
        jane.id.starts_with("path=") || jane.id.starts_with("rbac.authorization.k8s.io//User/jane/"),
        "{}",
        jane.id
    );
    // One rule, two controls.
    for control in ["C-0015", "C-0186"] {
        assert_eq!(verdict(&outcome, "jane", control), (Status::Failed, SubStatus::None));
    }
    let mut raw = String::new();
    assert!(outcome.raw(jane, &mut raw).unwrap());
    let raw: serde_json::Value = serde_json::from_str(&raw).unwrap();
    assert_eq!(raw["relatedObjects"][0]["kind"], "RoleBinding");
    assert_eq!(raw["relatedObjects"][1]["metadata"]["name"], "reader");
}

#[test]
fn controls_without_inputs_are_skipped() {
    let outcome = scan(MANIFESTS, &Setup { controls: vec!["C-0078"], ..Setup::default() });
    assert_eq!(verdict(&outcome, "web", "C-0078"), (Status::Skipped, SubStatus::Configuration));
    assert!(!outcome.controls[0].info.is_empty());
    let inputs = BTreeMap::from([("imageRepositoryAllowList".to_owned(), vec!["quay.io".to_owned()])]);
    let outcome = scan(MANIFESTS, &Setup { controls: vec!["C-0078"], inputs: Some(inputs), ..Setup::default() });
    assert_eq!(verdict(&outcome, "web", "C-0078"), (Status::Failed, SubStatus::None));
}

#[test]
fn exceptions_match_by_attributes_and_control() {
    let exceptions = r#"[{"name": "accepted", "policyType": "postureExceptionPolicy", "actions": ["alertOnly"],
        "resources": [{"designatorType": "Attributes", "attributes": {"kind": "Deploy.*", "app": "web"}}],
        "posturePolicies": [{"controlID": "c-0057"}]}]"#;
    let setup = Setup { controls: vec!["C-0057", "C-0013"], exceptions, ..Setup::default() };
    let outcome = scan(MANIFESTS, &setup);
    assert_eq!(verdict(&outcome, "web", "C-0057"), (Status::Passed, SubStatus::Exceptions));
    assert_eq!(verdict(&outcome, "web", "C-0013"), (Status::Failed, SubStatus::None));
}

#[test]
fn a_control_without_resources_is_irrelevant() {
    let outcome = scan(MANIFESTS, &Setup { controls: vec!["C-0263"], ..Setup::default() });
    assert!(outcome.resources.is_empty());
    let control = &outcome.controls[0];
    assert_eq!((control.verdict.status, control.verdict.sub), (Status::Passed, SubStatus::Irrelevant));
    assert!((control.compliance - 100.0).abs() < f32::EPSILON);
}

#[test]
fn manual_controls_are_skipped_in_every_scope() {
    // C-0254 is for AKS alone, and this is a scan of files; C-0285 is a control of clusters that has rules.
    let outcome = scan(MANIFESTS, &Setup { controls: vec!["C-0254", "C-0285"], ..Setup::default() });
    let [manual] = &outcome.controls[..] else { panic!("{} controls", outcome.controls.len()) };
    assert_eq!((manual.verdict.status, manual.verdict.sub), (Status::Skipped, SubStatus::ManualReview));
    assert!(outcome.resources.is_empty());
}

#[test]
fn severity_filters_leave_risk_alone() {
    let mut outcome = scan(MANIFESTS, &Setup { frameworks: vec!["nsa"], ..Setup::default() });
    let (risk, controls) = (outcome.summary.score, outcome.controls.len());
    outcome.show_only(ks_control::Severity::High, ks_control::Severity::Critical);
    assert!(outcome.controls.len() < controls);
    assert!(outcome.controls.iter().all(|control| control.control.base_score >= 7.0));
    assert!((outcome.summary.score - risk).abs() < f32::EPSILON);
    assert_eq!(outcome.frameworks[0].controls.len(), outcome.controls.len());
}

#[test]
fn unknown_names_are_errors() {
    let library = ks_controls::library();
    let request = Request { frameworks: vec!["nope".to_owned()], scope: Some(Scope::File), ..Request::default() };
    let error = Plan::new(library, &request, Settings::default()).unwrap_err().to_string();
    assert!(error.contains("nope") && error.contains("NSA"), "{error}");
    let request = Request { controls: vec!["C-9999".to_owned()], ..Request::default() };
    assert!(Plan::new(library, &request, Settings::default()).is_err());
}
