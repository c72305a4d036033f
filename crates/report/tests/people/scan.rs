//! A small scan through the real engine: three controls, a few manifests.

use ks_control::{
    Action, AttackStep, AttackTrack, Check, Context, Control, Finding, Framework, Library, Membership, Rule, Sink,
    WORKLOADS,
};
use ks_object::{File, FileKind, Object, Origin, Pod};
use ks_policy::{Order, Outcome, Plan, Request, Scan, Settings, SkippedDocument, Worker};
use ks_report::{Located, Locator, Report, ScanInfo, Target, View};
use std::sync::Arc;

/// The manifests, with what people get wrong: no security context, a secret in the environment, hostile names.
const WEB: &str = include_str!("web.yaml");
const JOB: &str = include_str!("job.yaml");

static PRIVILEGED: Rule = Rule::new("privileged", WORKLOADS, Check::Pod(privileged));
static ESCALATION: Rule = Rule::new("escalation", WORKLOADS, Check::Pod(escalation));
static PASSWORD: Rule = Rule::new("password", WORKLOADS, Check::Pod(password));

fn privileged<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    for container in pod.every_container() {
        if let Some(field) = container.security("privileged").filter(|field| field.is(true)) {
            sink.push(Finding::new().delete(field.path()));
        }
    }
}

fn escalation<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    for container in pod.every_container() {
        let field = container.security("allowPrivilegeEscalation");
        if field.is_none_or(|field| !field.is(false)) {
            let context = container.path().key("securityContext");
            sink.push(
                Finding::new()
                    .set(context.clone().key("allowPrivilegeEscalation"), "false")
                    .set(context.key("runAsUser"), "YOUR_VALUE"),
            );
        }
    }
}

fn password<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    for container in pod.every_container() {
        let variables = container.env.into_iter().flat_map(|env| env.items());
        for value in variables.filter_map(|variable| variable.get("value")) {
            sink.push(Finding::new().failed(value.path()));
        }
    }
}

const fn control(id: &'static str, title: &'static str, base_score: f32, rules: &'static [&'static Rule]) -> Control {
    Control {
        id,
        title,
        base_score,
        category: Some(("Workload", "Cat-5")),
        sub_category: None,
        scopes: &[],
        tags: &["security"],
        action: None,
        attack: &[],
        frameworks: &[],
        strict: "",
        document: include_str!("control.md"),
        rules,
    }
}

const SMALL: &[Membership] = &[Membership { framework: "Small", section: "1", title: None }];

static CONTROLS: &[Control] = &[
    Control {
        frameworks: SMALL,
        attack: &[AttackStep { track: "takeover", steps: &["Node access"] }],
        ..control("T-0001", "Privileged container", 9.0, &[&PRIVILEGED])
    },
    Control {
        frameworks: SMALL,
        attack: &[AttackStep { track: "takeover", steps: &["Foothold"] }],
        ..control("T-0002", "Escalation | allowed <b>", 5.0, &[&ESCALATION])
    },
    Control { category: Some(("Secrets", "Cat-3")), ..control("T-0003", "Password in the open", 7.5, &[&PASSWORD]) },
    Control { action: Some(Action::ManualReview), ..control("T-0004", "Locked server room", 2.0, &[]) },
];

static FRAMEWORKS: &[Framework] = &[
    Framework { name: "Everything", scopes: &[], listed: true, controls: &["T-0001", "T-0002", "T-0003", "T-0004"] },
    Framework { name: "Small", scopes: &[], listed: true, controls: &["T-0001", "T-0002"] },
];

static TRACKS: &[AttackTrack] = &[AttackTrack {
    name: "takeover",
    next: &[AttackTrack { name: "Foothold", next: &[AttackTrack { name: "Node access", next: &[] }] }],
}];

const FILES: [(&str, &str); 2] = [("batch/job.yaml", JOB), ("web.yaml", WEB)];

/// Finds documents in the manifests above.
struct InMemory;

impl Locator for InMemory {
    fn locate(&self, origin: &Origin) -> Option<Located> {
        let text = FILES.iter().find(|(name, _)| *name == origin.file.relative)?.1;
        let document = ks_yaml::documents(text, ks_yaml::Limits::default()).nth(origin.document as usize)?;
        Some(Located { text: text.into(), tree: Arc::new(document.content.ok()??), exact: true })
    }
}

/// Scans the manifests.
fn outcome() -> Outcome {
    let library = Library { controls: CONTROLS, frameworks: FRAMEWORKS, attack_tracks: TRACKS, inputs: &[] };
    let request = Request { frameworks: vec!["everything".to_owned(), "small".to_owned()], ..Request::default() };
    let settings = Settings { prioritize: true, threads: 1, ..Settings::default() };
    let scan = Scan::new(Plan::new(library, &request, settings).unwrap());
    let mut worker = Worker::default();
    for (number, (name, text)) in (0..).zip(FILES) {
        let file = Arc::new(File {
            root: "/work".into(),
            relative: name.to_owned(),
            absolute: format!("/repo/{name}").into(),
            kind: FileKind::Yaml,
            content: None,
        });
        for document in ks_yaml::documents(text, ks_yaml::Limits::default()) {
            let Ok(Some(tree)) = document.content else { continue };
            let origin = Origin { file: Arc::clone(&file), document: document.index, item: None };
            let object = Object::new(tree.root().unwrap(), 0);
            let order = Order { source: number, object: document.index };
            scan.judge(&mut worker, &object, Some(origin), order);
        }
    }
    scan.skip(SkippedDocument {
        path: "broken.yaml".to_owned(),
        document: Some(1),
        line: 7,
        reason: "a tab stands where YAML wants spaces; indent with spaces".to_owned(),
    });
    scan.finish().unwrap()
}

/// How the scan was asked for.
pub(crate) fn info() -> ScanInfo {
    ScanInfo {
        time: "2026-01-05T10:00:00Z".parse().unwrap(),
        guid: "5a0c8f4e-7f7c-4a2e-9f0a-0d8d7c1b2a3e".to_owned(),
        target: Target::Directory { path: "/work".into() },
        inputs: vec!["my manifests".to_owned()],
        policy_kind: "Framework",
        policies: vec!["everything".to_owned(), "small".to_owned()],
        workload: None,
        formats: vec!["pretty-printer"],
        cluster: String::new(),
        host: "host".to_owned(),
        version: "v0.0.0",
        excluded_namespaces: Vec::new(),
        included_namespaces: Vec::new(),
        compliance_threshold: 0.0,
        fail_threshold: 100.0,
        controls_inputs: String::new(),
        verbose: false,
        view: View::Security,
        evidence: false,
        secrets: false,
        omit_raw: false,
        attack_tree: false,
        prioritized: true,
        strict: false,
    }
}

/// Writes a report of the scan.
pub(crate) fn report<E: std::fmt::Debug>(
    info: &ScanInfo,
    write: impl Fn(&Report<'_>, &mut dyn std::io::Write) -> Result<(), E>,
) -> Vec<u8> {
    let outcome = outcome();
    let mut out = Vec::new();
    write(&Report { outcome: &outcome, scan: info, locator: &InMemory }, &mut out).unwrap();
    out
}
