//! From judged objects to an outcome: joins, grants, exceptions, order.

use crate::bits::Bits;
use crate::joins::{self, Joined};
use crate::outcome::{ActiveRule, Item, Outcome, Resource};
use crate::plan::Plan;
use crate::scan::{Collected, Kept, Scan, add_items};
use crate::spool::{Raw, Spool};
use crate::status::Verdict;
use ks_control::{Check, Counts, External, Finding, Gate, Grant};
use ks_object::{Node, vector_id, write_json, write_json_str};
use rustc_hash::FxHashMap;
use std::io;

impl Scan {
    /// Runs what needs all objects, then counts and scores.
    ///
    /// # Errors
    /// When kept objects cannot be written or read.
    pub fn finish(self) -> io::Result<Outcome> {
        let (plan, mut collected) = self.into_parts();
        if let Some(error) = collected.failure.take() {
            return Err(error);
        }
        // Input order, whatever thread judged what.
        collected.kept.sort_by_key(|kept| kept.order);
        let kept = std::mem::take(&mut collected.kept);
        let packs = std::mem::take(&mut collected.packs);
        let joins = joins::run(&plan, &kept, &packs, plan.settings.threads);
        let mut resources = Resources::new(&plan, collected, &kept);
        for joined in &joins.joined {
            resources.add(joined, &joins.grants)?;
        }
        let early = std::mem::take(&mut resources.collected.externals);
        for (rule, external, findings) in &early {
            resources.add_external(*rule, external, findings)?;
        }
        resources.add_grants(&joins.grants)?;
        for (rule, gate) in joins.gates {
            resources.gate(rule, gate);
        }
        drop(joins.grants);
        let collected = resources.into_collected();
        drop(kept);
        let mut outcome = assemble(plan, collected);
        crate::score::score(&mut outcome);
        Ok(outcome)
    }
}

/// The resources of a scan while rules over many objects are added to them.
struct Resources<'p, 'k> {
    plan: &'p Plan,
    kept: &'k [Kept],
    collected: Collected,
    /// Items by resource that are not merged yet.
    items: FxHashMap<u32, Vec<Item>>,
    /// Grant rules' items by grant.
    granted: FxHashMap<u32, Vec<Item>>,
    /// Made-up resources by id.
    made: FxHashMap<String, u32>,
}

impl<'p, 'k> Resources<'p, 'k> {
    fn new(plan: &'p Plan, collected: Collected, kept: &'k [Kept]) -> Self {
        Self {
            plan,
            kept,
            collected,
            items: FxHashMap::default(),
            granted: FxHashMap::default(),
            made: FxHashMap::default(),
        }
    }

    fn add(&mut self, joined: &Joined, grants: &[Grant<'_>]) -> io::Result<()> {
        let rule = joined.rule;
        if let Some(reason) = joined.error {
            self.collected.errors.entry(rule).or_insert(reason);
        }
        let of_grants = matches!(self.plan.rules[usize::from(rule)].check, Check::Grant(_) | Check::Grants(_));
        for (handle, findings) in &joined.found {
            let mut items = Vec::new();
            if of_grants {
                let related = |_| "";
                add_items(rule, findings, &mut self.collected.texts, &related, &mut items);
                if (*handle as usize) < grants.len() {
                    self.granted.entry(*handle).or_default().extend(items);
                }
                continue;
            }
            let Some(kept) = self.kept.get(*handle as usize) else { continue };
            let Collected { resources, texts, .. } = &mut self.collected;
            let id = |handle: u32| kept_id(self.kept, resources, handle);
            add_items(rule, findings, texts, &id, &mut items);
            self.items.entry(kept.resource).or_default().extend(items);
            self.collected.resources[kept.resource as usize].judged.set(rule);
        }
        for handle in &joined.counted {
            if let Some(kept) = self.kept.get(*handle as usize) {
                self.collected.resources[kept.resource as usize].judged.set(rule);
            }
        }
        for (external, findings) in &joined.externals {
            self.add_external(rule, external, findings)?;
        }
        Ok(())
    }

    /// A resource for something that is no object of the input.
    fn add_external(&mut self, rule: u16, external: &External, findings: &[Finding]) -> io::Result<()> {
        let own = Identity::of(external);
        let related: Vec<String> = if own.is_object || external.related_is_object {
            Vec::new()
        } else {
            external.related.iter().map(|one| kept_id(self.kept, &self.collected.resources, *one).to_owned()).collect()
        };
        let id = if own.is_object { own.text.clone() } else { vector_id(own.text.clone(), related) };
        let at = match self.made.get(&id) {
            Some(at) => *at,
            None => {
                let raw = self.external_raw(external)?;
                let weight = external.related.iter().filter_map(|one| self.kept.get(*one as usize));
                let weight =
                    weight.map(|kept| self.collected.resources[kept.resource as usize].weight).fold(1.0, f32::max);
                self.make(id, &own, weight, raw, &external.related)
            }
        };
        let mut items = Vec::new();
        let Collected { resources, texts, .. } = &mut self.collected;
        let name = |handle: u32| kept_id(self.kept, resources, handle);
        add_items(rule, findings, texts, &name, &mut items);
        if !items.is_empty() {
            self.items.entry(at).or_default().extend(items);
        }
        self.collected.resources[at as usize].judged.set(rule);
        Ok(())
    }

    /// Every grant is a resource of every grant rule.
    fn add_grants(&mut self, grants: &[Grant<'_>]) -> io::Result<()> {
        let mut judged = Bits::default();
        for (number, rule) in self.plan.rules.iter().enumerate() {
            let of_grants = matches!(rule.check, Check::Grant(_) | Check::Grants(_));
            if of_grants && matches!(rule.counts, Counts::Matched) {
                judged.set(u16::try_from(number).unwrap_or(u16::MAX));
            }
        }
        for grant in grants {
            let text = |key| grant.subject_str(key).unwrap_or_default();
            let group = if text("apiVersion").is_empty() { text("apiGroup") } else { text("apiVersion") };
            let own = Identity {
                api_version: group.to_owned(),
                kind: text("kind").to_owned(),
                namespace: text("namespace").to_owned(),
                name: text("name").to_owned(),
                text: format!("{group}/{}/{}/{}", text("namespace"), text("kind"), text("name")),
                is_object: false,
            };
            let pair = [grant.binding.handle(), grant.role.handle()];
            let related = pair.map(|handle| kept_id(self.kept, &self.collected.resources, handle).to_owned());
            let id = vector_id(own.text.clone(), related);
            let at = match self.made.get(&id) {
                Some(at) => *at,
                None => {
                    let raw = self.grant_raw(grant.subject, pair)?;
                    self.make(id, &own, 1.0, raw, &pair)
                }
            };
            self.collected.resources[at as usize].judged.add(&judged);
            if let Some(items) = self.granted.remove(&grant.handle) {
                let resource = &mut self.collected.resources[at as usize];
                items.iter().for_each(|item| resource.judged.set(item.rule));
                let known = self.items.entry(at).or_default();
                if known.is_empty() {
                    *known = items;
                }
            }
        }
        Ok(())
    }

    fn make(&mut self, id: String, own: &Identity, weight: f32, raw: Option<Raw>, related: &[u32]) -> u32 {
        let at = u32::try_from(self.collected.resources.len()).unwrap_or(u32::MAX);
        let texts = &mut self.collected.texts;
        // An exception for a related object covers what stands for it, and so does one for the name itself.
        let resources = &self.collected.resources;
        let related = related.iter().filter_map(|one| self.kept.get(*one as usize));
        let mut exceptions: Vec<u32> =
            related.flat_map(|kept| resources[kept.resource as usize].exceptions.iter().copied()).collect();
        exceptions.extend(own.exceptions(self.plan, &id));
        exceptions.sort_unstable();
        exceptions.dedup();
        self.made.insert(id.clone(), at);
        let resource = Resource {
            api_version: texts.shared(&own.api_version),
            kind: texts.shared(&own.kind),
            namespace: texts.shared(&own.namespace),
            name: own.name.as_str().into(),
            id,
            origin: None,
            labels: Vec::new(),
            priority: None,
            verdict: Verdict::default(),
            weight,
            replicas: 0,
            muted: self.plan.settings.focus.is_some(),
            judged: Bits::default(),
            items: Box::default(),
            exceptions: exceptions.into_boxed_slice(),
            raw,
        };
        self.collected.resources.push(resource);
        at
    }

    fn grant_raw(&mut self, subject: Node<'_>, pair: [u32; 2]) -> io::Result<Option<Raw>> {
        if !self.plan.settings.keep_raw {
            return Ok(None);
        }
        let mut fields: Vec<(String, String)> = Vec::new();
        for (key, value) in subject.entries() {
            let mut text = String::new();
            write_json(value, &mut text);
            fields.push((key.to_owned(), text));
        }
        fields.push(("relatedObjects".to_owned(), format!("[{}]", self.raws(&pair)?.join(","))));
        write_fields(fields, &mut self.collected.spool)
    }

    fn external_raw(&mut self, external: &External) -> io::Result<Option<Raw>> {
        if !self.plan.settings.keep_raw {
            return Ok(None);
        }
        let mut fields: Vec<(String, String)> = Vec::new();
        for (key, value) in &external.body {
            let mut text = String::new();
            if let Some(root) = ks_object::from_json(value).root() {
                write_json(root, &mut text);
            }
            fields.push((key.clone(), text));
        }
        if !external.related.is_empty() {
            let related = self.raws(&external.related)?;
            let text = if external.related_is_object { related.concat() } else { format!("[{}]", related.join(",")) };
            fields.push(("relatedObjects".to_owned(), text));
        }
        write_fields(fields, &mut self.collected.spool)
    }

    fn raws(&self, handles: &[u32]) -> io::Result<Vec<String>> {
        let mut texts = Vec::new();
        for kept in handles.iter().filter_map(|one| self.kept.get(*one as usize)) {
            let mut text = String::new();
            if let Some(raw) = &self.collected.resources[kept.resource as usize].raw {
                self.collected.spool.read(raw, &mut text)?;
            }
            texts.push(text);
        }
        Ok(texts)
    }

    fn gate(&mut self, rule: u16, gate: Gate) {
        for resource in &mut self.collected.resources {
            if resource.fails(rule) {
                resource.items = resource.items.iter().filter(|item| item.rule != rule).copied().collect();
            }
            if gate == Gate::NoneCount {
                resource.judged.unset(rule);
            }
        }
        for items in self.items.values_mut() {
            items.retain(|item| item.rule != rule);
        }
    }

    fn into_collected(mut self) -> Collected {
        for (at, items) in self.items {
            let resource = &mut self.collected.resources[at as usize];
            let mut all: Vec<Item> = std::mem::take(&mut resource.items).into_vec();
            all.extend(items);
            all.sort_by_key(|item| item.rule);
            resource.items = all.into_boxed_slice();
        }
        self.collected
    }
}

/// The id of a kept object.
fn kept_id<'r>(kept: &[Kept], resources: &'r [Resource], handle: u32) -> &'r str {
    kept.get(handle as usize).map_or("", |kept| resources[kept.resource as usize].id.as_str())
}

/// What something that is no object of the input is known by.
struct Identity {
    api_version: String,
    kind: String,
    namespace: String,
    name: String,
    /// Its own part of the id.
    text: String,
    /// Whether it looks like an object: `apiVersion`, `kind` and `metadata`.
    is_object: bool,
}

impl Identity {
    fn of(external: &External) -> Self {
        let value = serde_json::Value::Object(external.body.clone());
        let text = |key: &str| value.get(key).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        let metadata =
            |key: &str| value["metadata"].get(key).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        let api_version = if text("apiVersion").is_empty() { text("apiGroup") } else { text("apiVersion") };
        // Host data without metadata is an object without a name.
        let is_object = !text("apiVersion").is_empty() && text("name").is_empty();
        let (namespace, name) =
            if is_object { (metadata("namespace"), metadata("name")) } else { (text("namespace"), text("name")) };
        let kind = text("kind");
        let separator = if is_object && !api_version.contains('/') { "/" } else { "" };
        let own = format!("{separator}{api_version}/{namespace}/{kind}/{name}");
        Self { api_version, kind, namespace, name, text: own, is_object }
    }

    fn exceptions(&self, plan: &Plan, id: &str) -> Vec<u32> {
        let body = serde_json::json!({
            "kind": self.kind, "metadata": { "name": self.name, "namespace": self.namespace },
        });
        let tree = ks_object::from_json(&body);
        let Some(root) = tree.root() else { return Vec::new() };
        let object = ks_object::Object::new(root, 0);
        let settings = &plan.settings;
        let covering = settings.exceptions.iter().enumerate();
        covering
            .filter(|(_, exception)| exception.covers_object(&object, id, "", &settings.cluster))
            .filter_map(|(at, _)| u32::try_from(at).ok())
            .collect()
    }
}

fn write_fields(mut fields: Vec<(String, String)>, spool: &mut Spool) -> io::Result<Option<Raw>> {
    fields.sort();
    let mut text = String::from("{");
    for (at, (key, value)) in fields.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        write_json_str(key, &mut text);
        text.push(':');
        text.push_str(value);
    }
    text.push('}');
    spool.write(&text).map(Some)
}

/// Sorts resources, merges those with the same id, and sets up what views need.
fn assemble(plan: Plan, collected: Collected) -> Outcome {
    let Collected { mut resources, texts, spool, errors, inline, mut skipped, .. } = collected;
    resources.retain(|resource| !resource.muted && !resource.judged.is_empty());
    resources.sort_by(|a, b| a.id.cmp(&b.id));
    merge_same(&mut resources);
    resources.shrink_to_fit();
    skipped.sort();
    let inputs: Vec<(String, Vec<String>)> =
        plan.settings.context.inputs.iter().map(|(key, values)| (key.to_owned(), values.to_vec())).collect();
    let mut rules = Vec::new();
    for (number, rule) in plan.rules.iter().enumerate() {
        let error = u16::try_from(number).ok().and_then(|number| errors.get(&number).copied());
        let read = |key: &&str| inputs.iter().position(|(known, _)| known == key);
        let numbers = rule.inputs.iter().filter_map(read).collect();
        rules.push(ActiveRule { rule, error, unconfigured: plan.is_unconfigured(rule), inputs: numbers });
    }
    let Plan { controls, frameworks, control_rules, library, mut settings, .. } = plan;
    settings.exceptions.extend(inline);
    let controls = controls.into_iter().zip(control_rules);
    Outcome {
        controls: controls.map(|(control, rules)| crate::outcome::ControlOutcome::new(control, rules)).collect(),
        frameworks: frameworks.into_iter().map(|(name, at)| crate::outcome::FrameworkOutcome::new(name, at)).collect(),
        resources,
        summary: crate::outcome::Summary::default(),
        inputs,
        exceptions: settings.exceptions,
        skipped,
        degradations: Vec::new(),
        rules,
        texts,
        spool,
        prioritize: settings.prioritize.then_some(library.attack_tracks),
    }
}

fn merge_same(resources: &mut Vec<Resource>) {
    resources.dedup_by(|later, first| {
        if later.id != first.id {
            return false;
        }
        let mut items = std::mem::take(&mut first.items).into_vec();
        items.extend(later.items.iter().filter(|item| !first.judged.has(item.rule)));
        items.sort_by_key(|item| item.rule);
        first.items = items.into_boxed_slice();
        first.judged.add(&later.judged);
        true
    });
}
