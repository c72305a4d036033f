//! Every machine-readable format, written from a scan of a few manifests by the real engine, against files beside
//! this one. `UPDATE_EXPECTED=1 cargo test -p ks-report` writes them anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod library;
mod schemas;

use ks_control::{Context, Scope};
use ks_object::{File, FileKind, Object, Origin, Tree};
use ks_policy::{Order, Outcome, Plan, Request, Scan, Settings, SkippedDocument, Worker, exceptions, inputs};
use ks_report::{Located, Locator, Report, ReportError, ScanInfo, Target, View};
use library::LIBRARY;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

type Writer = fn(&Report<'_>, &mut dyn Write) -> Result<(), ReportError>;

const FILES: [(&str, &str); 3] = [
    ("more.json", include_str!("manifests/more.json")),
    ("rbac.yaml", include_str!("manifests/rbac.yaml")),
    ("front end/web.yaml", include_str!("manifests/web.yaml")),
];

const EXCEPTIONS: &str = r#"[{
    "name": "a <quiet> pod",
    "policyType": "postureExceptionPolicy",
    "actions": ["alertOnly"],
    "resources": [{"designatorType": "Attributes", "attributes": {"kind": "Pod", "name": "quiet"}}],
    "posturePolicies": [{"frameworkName": "", "controlID": "C-0001"}]
}]"#;

/// Reads the manifests again.
struct Again;

impl Locator for Again {
    fn locate(&self, origin: &Origin) -> Option<Located> {
        let (_, text) = FILES.iter().find(|(name, _)| *name == origin.file.relative)?;
        let tree = documents(text, origin.file.kind).into_iter().nth(origin.document as usize)?;
        Some(Located { text: Arc::from(*text), tree: Arc::new(tree), exact: true })
    }
}

fn documents(text: &str, kind: FileKind) -> Vec<Tree> {
    let limits = ks_yaml::Limits::default();
    match kind {
        FileKind::Json => vec![ks_yaml::json(text, limits).unwrap()],
        FileKind::Yaml => ks_yaml::documents(text, limits).map(|one| one.content.unwrap().unwrap()).collect(),
    }
}

fn scan(request: &Request) -> Outcome {
    let settings = Settings {
        context: Context { inputs: inputs::inputs(&inputs::defaults(LIBRARY.inputs)), ..Context::default() },
        exceptions: exceptions::load(EXCEPTIONS, "2026-01-01T00:00:00Z".parse().unwrap()).unwrap().exceptions,
        labels: vec!["team".to_owned(), "tier".to_owned()],
        keep_raw: true,
        threads: 1,
        ..Settings::default()
    };
    let scan = Scan::new(Plan::new(LIBRARY, request, settings).unwrap());
    let mut worker = Worker::default();
    for (source, (name, text)) in (0..).zip(FILES) {
        let json = Path::new(name).extension().is_some_and(|extension| extension == "json");
        let kind = if json { FileKind::Json } else { FileKind::Yaml };
        let root = Path::new("/src");
        let file = File { root: root.into(), relative: name.into(), absolute: root.join(name), kind, content: None };
        let file = Arc::new(file);
        for (document, tree) in (0..).zip(documents(text, kind)) {
            let origin = Origin { file: file.clone(), document, item: None };
            let order = Order { source, object: document };
            scan.judge(&mut worker, &Object::new(tree.root().unwrap(), 0), Some(origin), order);
        }
    }
    scan.leave(worker);
    let reason = "key `a` is given twice, first on line 2; remove one".to_owned();
    scan.skip(SkippedDocument { path: "bad.yaml".to_owned(), document: Some(1), line: 4, reason });
    scan.finish().unwrap()
}

fn frameworks(names: &[&str]) -> Request {
    let frameworks = names.iter().map(|name| (*name).to_owned()).collect();
    Request { frameworks, scope: Some(Scope::File), ..Request::default() }
}

fn controls(ids: &[&str]) -> Request {
    let controls = ids.iter().map(|id| (*id).to_owned()).collect();
    Request { controls, scope: Some(Scope::File), ..Request::default() }
}

fn info() -> ScanInfo {
    ScanInfo {
        time: "2026-01-05T10:00:00.25Z".parse().unwrap(),
        guid: "5a0c8f4e-7f7c-4a2e-9f0a-0d8d7c1b2a3e".to_owned(),
        target: Target::Directory { path: "/src".into() },
        inputs: vec!["/src".to_owned()],
        policy_kind: "Framework",
        policies: vec!["base".to_owned(), "extra".to_owned()],
        workload: None,
        formats: vec!["json"],
        cluster: String::new(),
        host: "laptop".to_owned(),
        version: "v0.1.0",
        excluded_namespaces: vec![],
        included_namespaces: vec!["shop".to_owned()],
        compliance_threshold: 12.5,
        fail_threshold: 100.0,
        controls_inputs: String::new(),
        verbose: false,
        view: View::Resource,
        evidence: false,
        secrets: false,
        omit_raw: false,
        attack_tree: false,
        prioritized: false,
        strict: false,
    }
}

fn text(outcome: &Outcome, scan: &ScanInfo, write: Writer) -> String {
    let mut out = Vec::new();
    write(&Report { outcome, scan, locator: &Again }, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Compares with the file of that name.
fn check(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/expected").join(name);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, found).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    for (number, (one, other)) in (1..).zip(found.lines().zip(expected.lines())) {
        // Some formats are one long line: only what is around the first difference is shown.
        let same = one.char_indices().zip(other.chars()).take_while(|((_, a), b)| a == b).last();
        let from = same.map_or(0, |((at, _), _)| at.saturating_sub(60));
        let near = |line: &str| line.get(from..).unwrap_or_default().chars().take(120).collect::<String>();
        assert!(one == other, "line {number} of {name}:\n{}\nis not\n{}", near(one), near(other));
    }
    assert_eq!(found.len(), expected.len(), "length of {name}");
}

const WRITERS: [(&str, Writer); 9] = [
    ("report.json", ks_report::json::write),
    ("report-v1.json", ks_report::json_v1::write),
    ("report.yaml", ks_report::yaml::write),
    ("report.xml", ks_report::junit::write),
    ("report.sarif", ks_report::sarif::write),
    ("report-gitlab.json", ks_report::gitlab::write),
    ("report.csv", ks_report::csv::write),
    ("report-prometheus.txt", ks_report::prometheus::write),
    ("report-policy.yaml", ks_report::policyreport::write),
];

#[test]
fn every_format() {
    let outcome = scan(&frameworks(&["base", "extra"]));
    for (name, write) in WRITERS {
        check(name, &text(&outcome, &info(), write));
    }
}

#[test]
fn improved_forms() {
    let outcome = scan(&frameworks(&["base"]));
    let info = ScanInfo { strict: true, cluster: "Kind_Dev".to_owned(), ..info() };
    for name in ["report.sarif", "report-prometheus.txt", "report-policy.yaml"] {
        let (_, write) = WRITERS.into_iter().find(|(known, _)| *known == name).unwrap();
        check(&format!("strict-{name}"), &text(&outcome, &info, write));
    }
}

#[test]
fn controls_by_themselves() {
    let outcome = scan(&controls(&["C-0002"]));
    let info = ScanInfo { policy_kind: "Control", omit_raw: true, ..info() };
    for name in ["report.json", "report.xml"] {
        let (_, write) = WRITERS.into_iter().find(|(known, _)| *known == name).unwrap();
        check(&format!("control-{name}"), &text(&outcome, &info, write));
    }
}

#[test]
fn secrets_stay_where_they_are() {
    let outcome = scan(&frameworks(&["base"]));
    for strict in [false, true] {
        for (name, write) in WRITERS {
            let text = text(&outcome, &ScanInfo { strict, ..info() }, write);
            assert!(!text.contains("hunter2"), "{name}");
            let shows_objects = ["report.json", "report.yaml"].contains(&name);
            assert!(shows_objects || !text.contains("XXXXXX") || name == "report-v1.json", "{name}");
        }
    }
}

#[test]
fn yaml_says_what_json_says() {
    let outcome = scan(&frameworks(&["base", "extra"]));
    let json: serde_json::Value = serde_json::from_str(&text(&outcome, &info(), ks_report::json::write)).unwrap();
    let yaml = ks_yaml::parse(&text(&outcome, &info(), ks_report::yaml::write)).unwrap();
    assert!(ks_object::from_json(&json).root().unwrap() == yaml.root().unwrap());
}

/// A disk that is full after some bytes.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0 == 0 {
            return Err(std::io::ErrorKind::StorageFull.into());
        }
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        Ok(taken)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_told() {
    let outcome = scan(&frameworks(&["base"]));
    let info = info();
    let report = Report { outcome: &outcome, scan: &info, locator: &Again };
    for (name, write) in WRITERS {
        let error = write(&report, &mut Full(100)).expect_err(name);
        assert!(matches!(error, ReportError::Write(_)), "{name}: {error:?}");
    }
}
