//! A library of four controls: one that deletes and sets, one with awkward texts, one that wants configuration, and
//! one over grants.

use ks_control::{
    Action, Check, Context, Control, Finding, Framework, Grant, InputDefault, Library, Match, Membership, Rule, Sink,
};
use ks_object::{Object, Path, Pod};

const ANY: &[&str] = &["*"];
const WORKLOADS: &[Match] = &[Match::new(ANY, ANY, &["Deployment", "Pod"])];

fn privileged<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    for container in pod.every_container() {
        if let Some(privileged) = container.security("privileged").filter(|value| value.truthy()) {
            sink.push(Finding::of(container).delete(privileged.path()).command("kubectl edit"));
        }
        if container.security("allowPrivilegeEscalation").is_none() {
            let path = container.path().fields("securityContext.allowPrivilegeEscalation");
            sink.push(Finding::of(container).set(path, "false"));
        }
    }
}

fn owners<'a>(object: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    if object.labels().and_then(|labels| labels.get("owner")).is_none() {
        sink.push(Finding::new().set(Path::root().fields("metadata.labels").bracket("owner"), "YOUR_VALUE"));
    }
    let secrets = [object.at(&["data", "password"]), object.at(&["spec", "replicas"])];
    for field in secrets.into_iter().flatten() {
        sink.push(Finding::new().failed(field.path()));
    }
}

fn registries<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    for container in pod.every_container() {
        sink.push(Finding::of(container).review(container.path().key("image")));
    }
}

fn secrets<'a>(_: &Grant<'a>, _: &Context, sink: &mut Sink<'a>) {
    sink.push(Finding::new().review(Path::verbatim("relatedObjects[0].subjects[0]")));
}

static PRIVILEGED: Rule = Rule::new("privileged", WORKLOADS, Check::Pod(privileged));
static OWNERS: Rule = Rule {
    inputs: &["ownerLabels"],
    ..Rule::new("owners", &[Match::new(ANY, ANY, &["Deployment", "Pod", "ConfigMap"])], Check::Object(owners))
};
static REGISTRIES: Rule =
    Rule { inputs: &["registries"], ..Rule::new("registries", WORKLOADS, Check::Pod(registries)) };
static SECRETS: Rule = Rule::new(
    "secrets",
    &[Match::new(&["rbac.authorization.k8s.io"], ANY, &["Role", "RoleBinding"])],
    Check::Grant(secrets),
);

const fn membership(framework: &'static str, title: Option<&'static str>) -> Membership {
    Membership { framework, section: "1", title }
}

const BASE: Control = Control {
    id: "",
    title: "",
    base_score: 0.0,
    category: None,
    sub_category: None,
    scopes: &[],
    tags: &["security"],
    action: None,
    attack: &[],
    frameworks: &[],
    strict: "",
    document: "",
    rules: &[],
};

static CONTROLS: [Control; 4] = [
    Control {
        id: "C-0001",
        title: "Privileged container",
        base_score: 9.0,
        category: Some(("Workload", "Cat-5")),
        sub_category: Some(("Node escape", "Cat-9")),
        frameworks: &[membership("Base", None)],
        document: "# Privileged container\n\n## Finds\n\nContainers that are\n`privileged`.\n\n## Why\n\nThey own the node.\n\n## Fix\n\nLeave `privileged` out,\nor set it to `false`.\n",
        rules: &[&PRIVILEGED],
        ..BASE
    },
    Control {
        id: "C-0002",
        title: "Labels <owner> & \"team\"",
        base_score: 4.0,
        frameworks: &[membership("Base", None), membership("Extra", Some("Owners, named"))],
        document: "# Labels\n\n## Finds\n\nObjects without an owner.\n\n## Fix\n\nSet the label.\n\n- one\n- two\n",
        rules: &[&OWNERS],
        ..BASE
    },
    Control {
        id: "C-0003",
        title: "Allowed registries",
        base_score: 6.5,
        action: Some(Action::Configuration),
        frameworks: &[membership("Base", None)],
        rules: &[&REGISTRIES],
        ..BASE
    },
    Control {
        id: "C-0004",
        title: "List secrets",
        base_score: 7.0,
        frameworks: &[membership("Base", None)],
        rules: &[&SECRETS],
        ..BASE
    },
];

static FRAMEWORKS: [Framework; 2] = [
    Framework { name: "Base", scopes: &[], listed: true, controls: &["C-0001", "C-0002", "C-0003", "C-0004"] },
    Framework { name: "Extra", scopes: &[], listed: true, controls: &["C-0002"] },
];

pub(crate) const LIBRARY: Library = Library {
    controls: &CONTROLS,
    frameworks: &FRAMEWORKS,
    attack_tracks: &[],
    inputs: &[InputDefault { key: "ownerLabels", values: &["owner"] }, InputDefault { key: "registries", values: &[] }],
};
