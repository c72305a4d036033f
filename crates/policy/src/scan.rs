//! Judges objects one by one, from many threads.

use crate::bits::Bits;
use crate::exceptions::{self, Exception};
use crate::findings::{arrange, is_reported};
use crate::outcome::{Item, ItemKind, PathKind, Resource, SkippedDocument};
use crate::plan::{Class, Plan};
use crate::spool::Spool;
use crate::status::Verdict;
use crate::table::Table;
use ks_control::{Check, Counts, External, Finding, Paths, Rule, Sink, Target};
use ks_object::{Builder, Object, Origin, Pod, Tree, file_prefix, resource_id, write_redacted};
use rustc_hash::FxHashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

/// A scan under way. Objects are judged from any number of threads, each with a [`Worker`] of its own.
#[derive(Debug)]
pub struct Scan {
    pub(crate) plan: Plan,
    state: Mutex<Collected>,
}

/// What a thread keeps between objects.
#[derive(Debug, Default)]
pub struct Worker {
    classes: FxHashMap<String, Arc<Class>>,
    json: String,
    pack: Pack,
}

/// What is kept of some objects, in one tree with a root for each.
#[derive(Debug)]
struct Pack {
    builder: Builder,
    members: Vec<Kept>,
}

/// How many values a pack has before the next is begun.
const PACK: usize = 1 << 16;

impl Default for Pack {
    fn default() -> Self {
        Self { builder: Builder::sharing(), members: Vec::new() }
    }
}

/// Everything that was found so far.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    pub(crate) resources: Vec<Resource>,
    pub(crate) kept: Vec<Kept>,
    /// The trees of `kept`.
    pub(crate) packs: Vec<Tree>,
    pub(crate) externals: Vec<(u16, External, Vec<Finding>)>,
    pub(crate) texts: Table,
    pub(crate) spool: Spool,
    pub(crate) errors: FxHashMap<u16, &'static str>,
    pub(crate) inline: Vec<Exception>,
    pub(crate) skipped: Vec<SkippedDocument>,
    pub(crate) failure: Option<io::Error>,
}

/// What is kept of an object for joins.
#[derive(Debug)]
pub(crate) struct Kept {
    /// Its tree in [`Collected::packs`], and its root there.
    pub(crate) pack: u32,
    pub(crate) root: u32,
    pub(crate) class: Arc<Class>,
    /// Its place in [`Collected::resources`].
    pub(crate) resource: u32,
    /// Where it stands in the input.
    pub(crate) order: Order,
}

impl Collected {
    fn add(&mut self, pack: Pack) {
        let number = u32::try_from(self.packs.len()).unwrap_or(u32::MAX);
        self.kept.extend(pack.members.into_iter().map(|kept| Kept { pack: number, ..kept }));
        self.packs.push(pack.builder.finish());
    }
}

/// Where an object stands in the input: what makes the result independent of threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Order {
    /// The number of the file or page.
    pub source: u32,
    /// The object in it.
    pub object: u32,
}

/// What single-object rules say about one object.
#[derive(Default)]
struct Said {
    judged: Bits,
    found: Vec<(u16, Vec<Finding>)>,
    externals: Vec<(u16, External, Vec<Finding>)>,
    errors: Vec<(u16, &'static str)>,
}

impl Scan {
    /// A scan that evaluates a plan.
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        Self { plan, state: Mutex::default() }
    }

    /// The plan.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Judges an object. What rules over many objects need of it is kept; the rest may be dropped afterwards.
    pub fn judge(&self, worker: &mut Worker, object: &Object<'_>, origin: Option<Origin>, order: Order) {
        let class = worker.class(&self.plan, object);
        if !class.wanted {
            return;
        }
        let source_path = origin.as_ref().map(Origin::source_path);
        let mut id =
            origin.as_ref().map(|origin| file_prefix(&origin.file.relative, origin.document)).unwrap_or_default();
        id.push_str(&resource_id(object));
        let settings = &self.plan.settings;
        let muted = settings.focus.as_ref().is_some_and(|focus| !focus.is_on(object));
        let said = if muted { Said::default() } else { self.run(&class, object) };
        let covers = |exception: &Exception| {
            exception.covers_object(object, &id, source_path.as_deref().unwrap_or_default(), &settings.cluster)
        };
        let mut exceptions: Vec<u32> = Vec::new();
        for (at, exception) in settings.exceptions.iter().enumerate() {
            if covers(exception) {
                exceptions.push(u32::try_from(at).unwrap_or(u32::MAX));
            }
        }
        let inline = settings.inline_exceptions.then(|| exceptions::inline(object, &id, settings.now)).flatten();
        let kept = class.keep_of(object, &mut worker.pack.builder);
        id.shrink_to_fit();
        worker.json.clear();
        if settings.keep_raw {
            write_redacted(object, source_path.as_deref(), &mut worker.json);
        }
        let (weight, replicas) = weight(object);
        let labels = copied_labels(object, &settings.labels);

        let mut state = self.lock();
        let raw = if settings.keep_raw {
            match state.spool.write(&worker.json) {
                Ok(raw) => Some(raw),
                Err(error) => {
                    state.failure.get_or_insert(error);
                    None
                }
            }
        } else {
            None
        };
        if let Some(inline) = inline {
            exceptions.push(u32::try_from(settings.exceptions.len() + state.inline.len()).unwrap_or(u32::MAX));
            state.inline.push(inline);
        }
        let mut items = Vec::new();
        for (rule, findings) in &said.found {
            add_items(*rule, findings, &mut state.texts, &|_| "", &mut items);
        }
        items.sort_by_key(|item| item.rule);
        for (rule, reason) in said.errors {
            state.errors.entry(rule).or_insert(reason);
        }
        let at = u32::try_from(state.resources.len()).unwrap_or(u32::MAX);
        for (rule, external, findings) in said.externals {
            // What a check says about (a part of) its own object under the same id is about the object itself.
            state.externals.push((rule, External { related: Vec::new(), ..external }, findings));
        }
        let resource = Resource {
            api_version: state.texts.shared(object.api_version()),
            kind: state.texts.shared(object.kind()),
            namespace: state.texts.shared(object.namespace().unwrap_or_default()),
            name: object.name().unwrap_or_default().into(),
            id,
            origin,
            labels,
            priority: None,
            verdict: Verdict::default(),
            weight,
            replicas,
            muted,
            judged: said.judged,
            items: items.into_boxed_slice(),
            exceptions: exceptions.into_boxed_slice(),
            raw,
        };
        state.resources.push(resource);
        if let Some(root) = kept {
            worker.pack.members.push(Kept { pack: 0, root, class, resource: at, order });
            if worker.pack.builder.len() > PACK {
                state.add(std::mem::take(&mut worker.pack));
            }
        }
    }

    /// Takes over what a thread still holds. Every worker must leave before the scan is finished.
    pub fn leave(&self, worker: Worker) {
        self.lock().add(worker.pack);
    }

    /// Notes documents that were not judged.
    pub fn skip(&self, document: SkippedDocument) {
        self.lock().skipped.push(document);
    }

    pub(crate) fn into_parts(self) -> (Plan, Collected) {
        (self.plan, self.state.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Collected> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self, class: &Class, object: &Object<'_>) -> Said {
        let context = &self.plan.settings.context;
        let mut said = Said { judged: class.judged, ..Said::default() };
        for &number in &class.judged_if {
            if let Counts::If(counts) = self.plan.rules[usize::from(number)].counts
                && counts(*object, context)
            {
                said.judged.set(number);
            }
        }
        let pod = if class.run.is_empty() { None } else { object.pod() };
        for &number in &class.run {
            let rule = self.plan.rules[usize::from(number)];
            let mut sink = Sink::for_object(object.handle());
            match (rule.check, &pod) {
                (Check::Pod(check), Some(pod)) => run_pod(check, pod, context, &mut sink),
                (Check::Object(check), _) => check(*object, context, &mut sink),
                _ => {}
            }
            if !sink.is_empty() {
                said.take(number, rule, context, object, sink);
            }
        }
        said
    }
}

fn run_pod<'a>(
    check: for<'b> fn(&Pod<'b>, &ks_control::Context, &mut Sink<'b>),
    pod: &Pod<'a>,
    context: &ks_control::Context,
    sink: &mut Sink<'a>,
) {
    check(pod, context, sink);
}

impl Said {
    fn take(&mut self, number: u16, rule: &Rule, context: &ks_control::Context, object: &Object<'_>, sink: Sink<'_>) {
        let (findings, counted, error) = sink.into_parts();
        if let Some(reason) = error {
            self.errors.push((number, reason));
        }
        if !counted.is_empty() {
            self.judged.set(number);
        }
        let mut own = Vec::new();
        for (target, finding) in findings {
            match target {
                Target::Object(_) if is_reported(rule, context, Some(object), &finding) => own.push(finding),
                Target::Object(_) => {}
                Target::External(external) if is_same(&external, object) => own.push(finding),
                Target::External(external) => self.externals.push((number, external, vec![finding])),
            }
        }
        if !own.is_empty() {
            arrange(rule, &mut own);
            self.judged.set(number);
            self.found.push((number, own));
        }
    }
}

/// Whether an external target is the object itself, or a part of it under its own name.
fn is_same(external: &External, object: &Object<'_>) -> bool {
    let text = |key: &str| external.body.get(key).and_then(serde_json::Value::as_str).unwrap_or_default();
    let name =
        external.body.get("metadata").and_then(|metadata| metadata.get("name")).and_then(serde_json::Value::as_str);
    name.is_some()
        && name == object.name()
        && text("apiVersion") == object.api_version()
        && text("kind") == object.kind()
}

impl Worker {
    fn class(&mut self, plan: &Plan, object: &Object<'_>) -> Arc<Class> {
        let mut key = String::with_capacity(48);
        key.push_str(object.api_version());
        key.push(' ');
        key.push_str(object.kind());
        if let Some(class) = self.classes.get(&key) {
            return class.clone();
        }
        let class = Arc::new(Class::new(plan, object.group(), object.version(), object.kind()));
        self.classes.insert(key, class.clone());
        class
    }
}

/// Adds the findings of one rule to a resource's items. `id` tells the ids of related objects by handle.
pub(crate) fn add_items<'a>(
    rule: u16,
    findings: &[Finding],
    texts: &mut Table,
    id: &dyn Fn(u32) -> &'a str,
    items: &mut Vec<Item>,
) {
    for finding in findings {
        items.push(Item { rule, kind: ItemKind::Finding, object: 0, path: 0, value: 0 });
        add_paths(rule, 0, &finding.paths, texts, items);
        if !finding.command.is_empty() {
            let value = texts.number(&finding.command);
            items.push(Item { rule, kind: ItemKind::Path(PathKind::Command), object: 0, path: 0, value });
        }
        for related in &finding.related {
            let object = texts.number(id(related.object));
            items.push(Item { rule, kind: ItemKind::Related, object, path: 0, value: 0 });
            add_paths(rule, object, &related.paths, texts, items);
        }
    }
}

fn add_paths(rule: u16, object: u32, paths: &Paths, texts: &mut Table, items: &mut Vec<Item>) {
    let lists =
        [(PathKind::Failed, &paths.failed), (PathKind::Delete, &paths.delete), (PathKind::Review, &paths.review)];
    for (kind, list) in lists {
        for path in list {
            items.push(Item { rule, kind: ItemKind::Path(kind), object, path: texts.number(path.as_str()), value: 0 });
        }
    }
    for fix in &paths.fix {
        let (path, value) = (texts.number(fix.path.as_str()), texts.number(&fix.value));
        items.push(Item { rule, kind: ItemKind::Path(PathKind::Fix), object, path, value });
    }
}

/// What a resource weighs in risk scores, and its replicas.
fn weight(object: &Object<'_>) -> (f32, u32) {
    let replicas = object.at(&["spec", "replicas"]).and_then(ks_object::Node::int).unwrap_or_default();
    let replicas = u32::try_from(replicas).unwrap_or_default();
    let mut weight = 1.0;
    #[expect(clippy::cast_precision_loss, reason = "a weight, not a count")]
    if replicas > 1 {
        weight *= replicas as f32 * 1.1;
    }
    if object.kind() == "DaemonSet" {
        let scheduled = object.at(&["status", "desiredNumberScheduled"]).and_then(ks_object::Node::float);
        #[expect(clippy::cast_possible_truncation, reason = "a weight, not a count")]
        if let Some(scheduled) = scheduled.filter(|scheduled| *scheduled > 0.0) {
            weight *= scheduled as f32;
        }
    }
    (weight, replicas)
}

fn copied_labels(object: &Object<'_>, wanted: &[String]) -> Vec<(String, String)> {
    let Some(labels) = object.labels().filter(|_| !wanted.is_empty()) else { return Vec::new() };
    wanted.iter().filter_map(|key| Some((key.clone(), labels.get(key)?.text().to_owned()))).collect()
}
