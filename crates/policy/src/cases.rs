//! Case files: manifests with the expected findings written as comments on the guilty lines.
//!
//! `# expect: failed+delete spec.hostNetwork` at the end of a line says that this path is reported and that its value
//! (or the deepest value on the way that exists) begins on this line. See CONTRIBUTING.md for the whole format.

use crate::eval::{Failing, Matching, evaluate};
use crate::inputs;
use ks_control::{Check, Context, Control, Finding, Library, Paths, Rule, SignatureError, Signatures};
use ks_object::{Builder, Node, Object, Path, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// An expected or reported line: number and text.
type Line = (u32, String);

/// What stands in the comments at the top of a case file.
#[derive(Debug, Default)]
struct Directives {
    rules: Vec<String>,
    inputs: BTreeMap<String, Vec<String>>,
    provider: String,
    signatures: Option<SignedImages>,
    strict: bool,
    only_pod: bool,
}

/// What a case says about image signatures: the keys that each signed image is signed with. Images that are not named
/// are not signed; one with `null` gives no answer.
#[derive(Debug, Clone)]
struct SignedImages(BTreeMap<String, Option<Vec<String>>>);

impl SignedImages {
    fn keys(&self, image: &str) -> Result<&[String], SignatureError> {
        match self.0.get(image) {
            Some(Some(keys)) => Ok(keys),
            Some(None) => Err(SignatureError(format!("{image} is out of reach"))),
            None => Ok(&[]),
        }
    }
}

impl Signatures for SignedImages {
    fn has_signature(&self, image: &str) -> Result<bool, SignatureError> {
        self.keys(image).map(|keys| !keys.is_empty())
    }

    fn verify(&self, image: &str, key: &str) -> Result<bool, SignatureError> {
        self.keys(image).map(|keys| keys.iter().any(|one| one == key))
    }
}

/// Runs one case file of a control. What is wrong with it, a line each; nothing when it passes.
#[must_use]
pub fn run(library: &Library, control: &Control, text: &str) -> Vec<String> {
    match check(library, control, text) {
        Ok(problems) | Err(problems) => problems,
    }
}

fn check(library: &Library, control: &Control, text: &str) -> Result<Vec<String>, Vec<String>> {
    let one = |problem: String| vec![problem];
    let directives = Directives::read(text).map_err(one)?;
    let expected = expectations(text);
    let trees = parse(text).map_err(one)?;
    let mut values = inputs::defaults(library.inputs);
    values.extend(directives.inputs.clone());
    let context = Context {
        inputs: inputs::inputs(&values),
        cloud_provider: directives.provider.clone(),
        strict: directives.strict,
        signatures: directives.signatures.clone().map(|signatures| Box::new(signatures) as _),
        parse_yaml: Some(ks_yaml::parse),
    };
    let rules = directives.rules(control).map_err(one)?;
    let reported = reported(&rules, &trees, &context).map_err(one)?;
    let mut problems = difference("", &expected, &reported);
    if !directives.only_pod
        && let [tree] = &trees[..]
        && let Some(pod) = tree.root().filter(|root| root.str_at(&["kind"]) == Some("Pod"))
    {
        for kind in ["Deployment", "CronJob"] {
            let covered = rules.iter().all(|rule| {
                matches!(rule.check, Check::Pod(_)) && rule.matches.iter().any(|one| one.covers_kind(kind))
            });
            let Some(expected) = shifted(&expected, kind).filter(|_| covered) else { continue };
            let wrapped = [wrap(pod, kind)];
            let reported = self::reported(&rules, &wrapped, &context).map_err(one)?;
            problems.extend(difference(&format!("as {kind}: "), &expected, &reported));
        }
    }
    Ok(problems)
}

impl Directives {
    fn read(text: &str) -> Result<Self, String> {
        let mut directives = Self::default();
        for line in text.lines().take_while(|line| line.starts_with('#')) {
            let comment = line.trim_start_matches('#').trim();
            match comment.split_once(':').map_or((comment, ""), |(key, value)| (key, value.trim())) {
                ("rules", names) => directives.rules = names.split(',').map(|name| name.trim().to_owned()).collect(),
                ("inputs", json) => {
                    directives.inputs = inputs::read(json).map_err(|error| format!("# inputs: {error}"))?;
                }
                ("signatures", json) => {
                    let images = serde_json::from_str(json).map_err(|error| format!("# signatures: {error}"))?;
                    directives.signatures = Some(SignedImages(images));
                }
                ("provider", name) => directives.provider = name.to_owned(),
                ("only", "Pod") => directives.only_pod = true,
                ("strict", "") => directives.strict = true,
                _ => {}
            }
        }
        Ok(directives)
    }

    fn rules(&self, control: &Control) -> Result<Vec<&'static Rule>, String> {
        if self.rules.is_empty() {
            return Ok(control.rules.iter().filter(|rule| !rule.retired).copied().collect());
        }
        let find = |name: &String| {
            let found = control.rules.iter().find(|rule| rule.name == name).copied();
            found.ok_or_else(|| format!("# rules: {} has no rule {name:?}", control.id))
        };
        self.rules.iter().map(find).collect()
    }
}

fn expectations(text: &str) -> BTreeSet<Line> {
    let mut expected = BTreeSet::new();
    let mut waiting: Vec<String> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let whole_line = line.trim_start().starts_with('#');
        if let Some((_, items)) = line.split_once("# expect:") {
            waiting.extend(items.split(" ; ").map(|item| item.trim().to_owned()));
        }
        if !whole_line && !line.trim().is_empty() {
            expected.extend(waiting.drain(..).map(|item| (number, item)));
        }
    }
    expected
}

fn parse(text: &str) -> Result<Vec<Tree>, String> {
    let mut trees = Vec::new();
    for document in ks_yaml::documents(text, ks_yaml::Limits::default()) {
        trees.extend(document.content.map_err(|problem| format!("document {}: {problem}", document.index))?);
    }
    Ok(trees)
}

fn reported(rules: &[&'static Rule], trees: &[Tree], context: &Context) -> Result<BTreeSet<Line>, String> {
    let mut lines = BTreeSet::new();
    for rule in rules {
        let evaluation =
            evaluate(rule, trees, context, Matching::Exact).map_err(|reason| format!("{}: {reason}", rule.name))?;
        for (failing, finding) in &evaluation.findings {
            describe(failing, finding, trees, &mut lines);
        }
    }
    Ok(lines)
}

fn describe(failing: &Failing, finding: &Finding, trees: &[Tree], lines: &mut BTreeSet<Line>) {
    let root = |at: usize| trees.get(at).and_then(Tree::root);
    let top = || root(0).map_or(1, |root| root.position().line);
    match failing {
        Failing::Object(at) => {
            if let Some(root) = root(*at) {
                add(&finding.paths, "", &|path| Some(place(root, path)), root.position().line, lines);
            }
        }
        Failing::Subject { binding, role, subject } => {
            let who = root(*binding).and_then(|binding| binding.at(&["subjects"])?.item(*subject));
            let text = |key| who.and_then(|who| who.str_at(&[key])).unwrap_or_default();
            let prefix = format!("{}/{}: ", text("kind"), text("name"));
            let locate = |path: &str| {
                let (at, rest) = path.strip_prefix("relatedObjects[")?.split_once("].")?;
                let found = root(if at == "0" { *binding } else { *role })?.find(rest);
                found.node.parent().map(|_| found.node.position().line)
            };
            add(&finding.paths, &prefix, &locate, top(), lines);
        }
        Failing::External(external) => {
            let text = |key: &str| external.body.get(key).and_then(serde_json::Value::as_str);
            let inner = external.body.get("metadata").and_then(|metadata| metadata.get("name"));
            let name = text("name").or_else(|| inner.and_then(serde_json::Value::as_str));
            let prefix = format!("{}/{}: ", text("kind").unwrap_or_default(), name.unwrap_or_default());
            add(&finding.paths, &prefix, &|_| None, top(), lines);
        }
    }
    for related in &finding.related {
        let Some(root) = root(related.object as usize) else { continue };
        let object = Object::new(root, 0);
        let prefix = format!("related {}/{}: ", object.kind(), object.name().unwrap_or_default());
        add(&related.paths, &prefix, &|path| Some(place(root, path)), root.position().line, lines);
    }
}

/// The line of a path in a document.
fn place(root: Node<'_>, path: &str) -> u32 {
    root.find(path).node.position().line
}

fn add(paths: &Paths, prefix: &str, locate: &dyn Fn(&str) -> Option<u32>, top: u32, lines: &mut BTreeSet<Line>) {
    let lists = [("failed", &paths.failed), ("delete", &paths.delete), ("review", &paths.review)];
    let mut kinds: BTreeMap<&Path, Vec<&str>> = BTreeMap::new();
    for (kind, list) in lists {
        for path in list {
            kinds.entry(path).or_default().push(kind);
        }
    }
    for (path, kinds) in &mut kinds {
        kinds.dedup();
        let line = locate(path.as_str()).unwrap_or(top);
        lines.insert((line, format!("{prefix}{} {path}", kinds.join("+")).trim_end().to_owned()));
    }
    for fix in &paths.fix {
        let line = locate(fix.path.as_str()).unwrap_or(top);
        lines.insert((line, format!("{prefix}set {}={}", fix.path, fix.value)));
    }
    if kinds.is_empty() && paths.fix.is_empty() {
        lines.insert((top, format!("{prefix}object")));
    }
}

fn difference(prefix: &str, expected: &BTreeSet<Line>, reported: &BTreeSet<Line>) -> Vec<String> {
    let missing = expected.difference(reported).map(|(line, text)| format!("{prefix}line {line}: expected {text}"));
    let extra = reported.difference(expected).map(|(line, text)| format!("{prefix}line {line}: not expected {text}"));
    missing.chain(extra).collect()
}

/// The expectations for a Pod that was wrapped; `None` when they speak of more than its spec.
fn shifted(expected: &BTreeSet<Line>, kind: &str) -> Option<BTreeSet<Line>> {
    let spec = if kind == "CronJob" { "spec.jobTemplate.spec.template.spec" } else { "spec.template.spec" };
    let shift = |(line, text): &Line| {
        if text == "object" {
            return Some((*line, text.clone()));
        }
        let (kinds, path) = text.split_once(' ')?;
        let rest = path.strip_prefix("spec").filter(|rest| rest.is_empty() || rest.starts_with('.'))?;
        Some((*line, format!("{kinds} {spec}{rest}")))
    };
    expected.iter().map(shift).collect()
}

/// The Pod as the template of a workload, with every value where it stands in the file.
fn wrap(pod: Node<'_>, kind: &str) -> Tree {
    let at = pod.position();
    let mut builder = Builder::with_capacity(1024);
    let text = |builder: &mut Builder, key: &str, value: &str| {
        builder.key(key);
        builder.scalar(ks_object::Kind::Str, value, at);
    };
    builder.begin_map(at);
    text(&mut builder, "apiVersion", if kind == "CronJob" { "batch/v1" } else { "apps/v1" });
    text(&mut builder, "kind", kind);
    if let Some(metadata) = pod.get("metadata") {
        builder.key("metadata");
        builder.add(metadata);
    }
    let depth =
        if kind == "CronJob" { &["spec", "jobTemplate", "spec", "template"][..] } else { &["spec", "template"][..] };
    let spec_at = pod.get("spec").map_or(at, Node::position);
    for key in depth {
        builder.key(key);
        builder.begin_map(spec_at);
    }
    for key in ["metadata", "spec"] {
        if let Some(value) = pod.get(key) {
            builder.key(key);
            builder.add(value);
        }
    }
    builder.finish()
}
