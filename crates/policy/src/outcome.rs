//! What a scan found, stored compactly and read through views.
//!
//! 100,000 resources times hundreds of controls must fit in memory, so verdicts are not stored: a resource keeps one
//! bit per rule that judged it and its findings, with paths interned. The views compute the rest on the way out.

use crate::bits::Bits;
use crate::exceptions::Exception;
use crate::spool::{Raw, Spool};
use crate::status::{SubStatus, Verdict};
use crate::table::Table;
use ks_control::{Control, Rule, Severity};
use ks_object::Origin;
use std::sync::Arc;

/// What a scan found.
#[derive(Debug)]
pub struct Outcome {
    /// Every control that was evaluated, sorted by id.
    pub controls: Vec<ControlOutcome>,
    /// The frameworks that were asked for, in that order; none when controls were asked for by themselves.
    pub frameworks: Vec<FrameworkOutcome>,
    /// Every resource that got a verdict, sorted by id.
    pub resources: Vec<Resource>,
    /// The whole scan.
    pub summary: Summary,
    /// The inputs that rules saw.
    pub inputs: Vec<(String, Vec<String>)>,
    /// Exceptions that were in force, whether or not they matched.
    pub exceptions: Vec<Exception>,
    /// Documents that were not judged.
    pub skipped: Vec<SkippedDocument>,
    /// Problems with policy inputs that a fallback papered over: component and reason.
    pub degradations: Vec<(String, String)>,
    pub(crate) rules: Vec<ActiveRule>,
    pub(crate) texts: Table,
    pub(crate) spool: Spool,
    /// The attack tracks, when resources are to be given priorities.
    pub(crate) prioritize: Option<&'static [ks_control::AttackTrack]>,
}

/// A document that was not judged, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SkippedDocument {
    /// Its file, relative to the scan root.
    pub path: String,
    /// The document in the file, from 0; `None` when it is the whole file.
    pub document: Option<u32>,
    /// The line of the problem, from 1; 0 when unknown.
    pub line: u32,
    /// What is wrong and what to do.
    pub reason: String,
}

/// Passed, failed and skipped resources or controls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counters {
    /// Passed, those with exceptions included.
    pub passed: u32,
    /// Failed.
    pub failed: u32,
    /// Skipped.
    pub skipped: u32,
}

impl Counters {
    /// All of them.
    #[must_use]
    pub const fn all(self) -> u32 {
        self.passed + self.failed + self.skipped
    }
}

/// Counts by severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BySeverity {
    /// Critical
    pub critical: u32,
    /// High
    pub high: u32,
    /// Medium
    pub medium: u32,
    /// Low
    pub low: u32,
    /// Unknown
    pub unknown: u32,
}

impl BySeverity {
    /// The count of one severity.
    #[must_use]
    pub const fn of(self, severity: Severity) -> u32 {
        match severity {
            Severity::Critical => self.critical,
            Severity::High => self.high,
            Severity::Medium => self.medium,
            Severity::Low => self.low,
            Severity::Unknown => self.unknown,
        }
    }

    /// Adds to one severity.
    pub fn add(&mut self, severity: Severity, count: u32) {
        *match severity {
            Severity::Critical => &mut self.critical,
            Severity::High => &mut self.high,
            Severity::Medium => &mut self.medium,
            Severity::Low => &mut self.low,
            Severity::Unknown => &mut self.unknown,
        } += count;
    }
}

/// One control over the whole scan.
#[derive(Debug, Clone)]
pub struct ControlOutcome {
    /// The control.
    pub control: &'static Control,
    /// Its status and reason.
    pub verdict: Verdict,
    /// Why it was skipped, for people; empty when there is nothing to say.
    pub info: String,
    /// Its resources.
    pub counters: Counters,
    /// Its resources that passed by exception.
    pub excepted: u32,
    /// Risk: 0 is good, 100 is bad.
    pub score: f32,
    /// Compliance: 100 is good.
    pub compliance: f32,
    /// Indexes of its rules.
    pub(crate) rules: Vec<u16>,
}

/// One framework.
#[derive(Debug, Clone)]
pub struct FrameworkOutcome {
    /// Its name.
    pub name: String,
    /// Its status.
    pub verdict: Verdict,
    /// Indexes of its controls in [`Outcome::controls`], sorted by control id.
    pub controls: Vec<usize>,
    /// Its resources.
    pub counters: Counters,
    /// Risk: 0 is good, 100 is bad.
    pub score: f32,
    /// Compliance: 100 is good.
    pub compliance: f32,
}

/// The whole scan in numbers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Summary {
    /// Its status.
    pub verdict: Verdict,
    /// Its resources.
    pub counters: Counters,
    /// Pairs of failed resource and failed control, by the control's severity.
    pub failures: BySeverity,
    /// Failed controls by severity.
    pub failed_controls: BySeverity,
    /// Risk: 0 is good, 100 is bad.
    pub score: f32,
    /// Compliance: 100 is good.
    pub compliance: f32,
    /// Controls that were evaluated, of all that were chosen.
    pub evaluated: u32,
}

/// An object, or something that stands for several, that got a verdict.
#[derive(Debug)]
pub struct Resource {
    /// Its id.
    pub id: String,
    /// `apiVersion`, as given.
    pub api_version: Arc<str>,
    /// `kind`
    pub kind: Arc<str>,
    /// Its namespace, empty for none.
    pub namespace: Arc<str>,
    /// Its name.
    pub name: Box<str>,
    /// Where it came from; `None` for subjects and other made-up resources.
    pub origin: Option<Origin>,
    /// Labels that were asked for with `--labels-to-copy`.
    pub labels: Vec<(String, String)>,
    /// Its place among the resources to mend first.
    pub priority: Option<Box<Priority>>,
    /// Its status over all controls.
    pub verdict: Verdict,
    pub(crate) weight: f32,
    pub(crate) replicas: u32,
    /// Not what the scan is about: gets no verdict.
    pub(crate) muted: bool,
    pub(crate) judged: Bits,
    pub(crate) items: Box<[Item]>,
    pub(crate) exceptions: Box<[u32]>,
    pub(crate) raw: Option<Raw>,
}

/// A part of a finding; texts by their number in [`Outcome::texts`]. A resource's items are sorted by rule, and every
/// finding begins with an item of kind [`ItemKind::Finding`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item {
    pub(crate) rule: u16,
    pub(crate) kind: ItemKind,
    /// The id of the related object, or 0 for the resource itself.
    pub(crate) object: u32,
    pub(crate) path: u32,
    pub(crate) value: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ItemKind {
    /// A finding begins.
    Finding,
    /// A related object, whose id is `object`.
    Related,
    /// A path or command.
    Path(PathKind),
}

/// What is to be done at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathKind {
    /// It is wrong.
    Failed,
    /// Deleting it would mend the finding.
    Delete,
    /// A person has to look at it.
    Review,
    /// Setting it to the value would mend the finding.
    Fix,
    /// The value is a command that would mend the finding.
    Command,
}

#[derive(Debug)]
pub(crate) struct ActiveRule {
    pub(crate) rule: &'static Rule,
    /// Why all its verdicts are skipped.
    pub(crate) error: Option<&'static str>,
    /// Whether it reads inputs and none of them is set.
    pub(crate) unconfigured: bool,
    /// Its inputs, as numbers into [`Outcome::inputs`].
    pub(crate) inputs: Vec<usize>,
}

/// What one control says about one resource.
#[derive(Debug, Clone, Copy)]
pub struct ControlResult<'a> {
    outcome: &'a Outcome,
    resource: &'a Resource,
    /// The index of the control in [`Outcome::controls`].
    pub index: usize,
    /// The verdict.
    pub verdict: Verdict,
}

/// What one rule of a control says about one resource.
#[derive(Debug, Clone, Copy)]
pub struct RuleResult<'a> {
    outcome: &'a Outcome,
    resource: &'a Resource,
    control: &'static Control,
    rule: u16,
    /// The verdict.
    pub verdict: Verdict,
}

/// A path of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PathItem<'a> {
    /// The id of the object that the path leads into.
    pub resource_id: &'a str,
    /// What is to be done there.
    pub kind: PathKind,
    /// The path; empty for a command.
    pub path: &'a str,
    /// The value to set or the command; empty otherwise.
    pub value: &'a str,
}

impl Outcome {
    /// What each control says about a resource, in order of control ids. Controls that did not look at it are absent.
    pub fn results<'a>(&'a self, resource: &'a Resource) -> impl Iterator<Item = ControlResult<'a>> {
        // Reports ask for every resource: its failing rules are found once, not searched for by each control.
        let mut failing = Bits::default();
        resource.items.iter().for_each(|item| failing.set(item.rule));
        self.controls.iter().enumerate().filter_map(move |(index, control)| {
            let judged = control.rules.iter().filter(|rule| resource.judged.has(**rule));
            let verdicts = judged.map(|rule| self.verdict(resource, control.control, *rule, failing.has(*rule)));
            let verdict = verdicts.reduce(Verdict::fold)?;
            Some(ControlResult { outcome: self, resource, index, verdict })
        })
    }

    /// Writes the redacted object as JSON. `false` when it was not kept.
    ///
    /// # Errors
    /// When the file that the objects are kept in cannot be read.
    pub fn raw(&self, resource: &Resource, out: &mut String) -> std::io::Result<bool> {
        match &resource.raw {
            Some(raw) => self.spool.read(raw, out).map(|()| true),
            None => Ok(false),
        }
    }

    /// Finds a resource by its id.
    #[must_use]
    pub fn resource(&self, id: &str) -> Option<&Resource> {
        self.resources.binary_search_by(|resource| resource.id.as_str().cmp(id)).ok().map(|at| &self.resources[at])
    }

    /// The share of controls that could be evaluated, in percent, less 5 for each degraded input.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a few hundred at most")]
    pub fn coverage_score(&self) -> f32 {
        if self.controls.is_empty() {
            return 0.0;
        }
        let share = self.summary.evaluated as f32 / self.controls.len() as f32 * 100.0;
        (share - 5.0 * self.degradations.len() as f32).clamp(0.0, 100.0)
    }

    /// Drops all controls but those with a severity from `min` to `max`, and counts anew. Risk scores stay.
    pub fn show_only(&mut self, min: Severity, max: Severity) {
        let risk = self.summary.score;
        let framework_risk: Vec<f32> = self.frameworks.iter().map(|framework| framework.score).collect();
        let keep: Vec<bool> = self.controls.iter().map(|one| (min..=max).contains(&one.control.severity())).collect();
        let kept = keep.iter().enumerate().filter(|(_, keep)| **keep);
        let mut moved = vec![None; keep.len()];
        for (next, (at, _)) in kept.enumerate() {
            moved[at] = Some(next);
        }
        let mut keep = keep.into_iter();
        self.controls.retain(|_| keep.next().unwrap_or_default());
        for framework in &mut self.frameworks {
            framework.controls = framework.controls.iter().filter_map(|at| moved[*at]).collect();
        }
        let shown: Vec<u16> = self.controls.iter().flat_map(|control| control.rules.iter().copied()).collect();
        self.resources.retain(|resource| shown.iter().any(|rule| resource.judged.has(*rule)));
        crate::score::score(self);
        self.summary.score = risk;
        for (framework, risk) in self.frameworks.iter_mut().zip(framework_risk) {
            framework.score = risk;
        }
    }

    fn rule_verdict(&self, resource: &Resource, control: &Control, rule: u16) -> Verdict {
        self.verdict(resource, control, rule, resource.fails(rule))
    }

    fn verdict(&self, resource: &Resource, control: &Control, rule: u16, fails: bool) -> Verdict {
        let active = &self.rules[usize::from(rule)];
        if active.error.is_some() {
            return Verdict::skipped(SubStatus::None);
        }
        if active.unconfigured && control.action == Some(ks_control::Action::Configuration) {
            return Verdict::skipped(SubStatus::Configuration);
        }
        if !fails {
            return Verdict::PASSED;
        }
        if resource.exceptions.iter().any(|&at| self.exceptions[at as usize].covers_control(control)) {
            return Verdict::EXCEPTED;
        }
        match control.action {
            Some(ks_control::Action::RequiresReview) => Verdict::skipped(SubStatus::RequiresReview),
            Some(ks_control::Action::ManualReview) => Verdict::skipped(SubStatus::ManualReview),
            _ => Verdict::FAILED,
        }
    }
}

impl Resource {
    /// Whether a rule found something.
    pub(crate) fn fails(&self, rule: u16) -> bool {
        self.items.binary_search_by_key(&rule, |item| item.rule).is_ok()
    }

    /// What a rule found.
    pub(crate) fn items(&self, rule: u16) -> &[Item] {
        let start = self.items.partition_point(|item| item.rule < rule);
        let end = self.items.partition_point(|item| item.rule <= rule);
        &self.items[start..end]
    }
}

impl ControlOutcome {
    pub(crate) fn new(control: &'static Control, rules: Vec<u16>) -> Self {
        Self {
            control,
            verdict: Verdict::default(),
            info: String::new(),
            counters: Counters::default(),
            excepted: 0,
            score: 0.0,
            compliance: 0.0,
            rules,
        }
    }
}

impl FrameworkOutcome {
    pub(crate) fn new(name: &str, controls: Vec<usize>) -> Self {
        Self {
            name: name.to_owned(),
            verdict: Verdict::default(),
            controls,
            counters: Counters::default(),
            score: 0.0,
            compliance: 0.0,
        }
    }
}

impl<'a> ControlResult<'a> {
    /// The control over the whole scan.
    #[must_use]
    pub fn control(&self) -> &'a ControlOutcome {
        &self.outcome.controls[self.index]
    }

    /// The rules of the control that looked at the resource.
    pub fn rules(&self) -> impl Iterator<Item = RuleResult<'a>> + use<'a> {
        let (outcome, resource, control) = (self.outcome, self.resource, self.control());
        control.rules.iter().filter(|rule| resource.judged.has(**rule)).map(move |&rule| RuleResult {
            outcome,
            resource,
            control: control.control,
            rule,
            verdict: outcome.rule_verdict(resource, control.control, rule),
        })
    }

    /// The paths of all its rules.
    pub fn paths(&self) -> impl Iterator<Item = PathItem<'a>> + use<'a> {
        self.rules().flat_map(|rule| rule.paths())
    }
}

impl<'a> RuleResult<'a> {
    /// The rule's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.active().rule.name
    }

    /// Why the rule could not answer; empty when it could.
    #[must_use]
    pub fn error(&self) -> &'static str {
        self.active().error.unwrap_or_default()
    }

    /// The paths of its findings: of each finding failed, delete, review, fix, command, then those of related objects.
    pub fn paths(&self) -> impl Iterator<Item = PathItem<'a>> + use<'a> {
        let (outcome, resource) = (self.outcome, self.resource);
        resource.items(self.rule).iter().filter_map(move |item| {
            let ItemKind::Path(kind) = item.kind else { return None };
            Some(PathItem {
                resource_id: if item.object == 0 { &resource.id } else { outcome.texts.get(item.object) },
                kind,
                path: outcome.texts.get(item.path),
                value: outcome.texts.get(item.value),
            })
        })
    }

    /// Ids of related objects, in order and without repeats.
    #[must_use]
    pub fn related(&self) -> Vec<&'a str> {
        let mut ids: Vec<&str> = Vec::new();
        for item in self.resource.items(self.rule).iter().filter(|item| item.kind == ItemKind::Related) {
            let id = self.outcome.texts.get(item.object);
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    /// The exceptions that cover the failure; none for other verdicts.
    pub fn exceptions(&self) -> impl Iterator<Item = &'a Exception> + use<'a> {
        let (outcome, control) = (self.outcome, self.control);
        let failed = self.resource.fails(self.rule);
        let matched = if failed { &self.resource.exceptions[..] } else { &[] };
        matched.iter().map(move |&at| &outcome.exceptions[at as usize]).filter(move |one| one.covers_control(control))
    }

    /// The inputs that the rule read, with their values.
    pub fn inputs(&self) -> impl Iterator<Item = (&'a str, &'a [String])> + use<'a> {
        let outcome = self.outcome;
        self.active().inputs.iter().map(move |&at| (outcome.inputs[at].0.as_str(), outcome.inputs[at].1.as_slice()))
    }

    fn active(&self) -> &'a ActiveRule {
        &self.outcome.rules[usize::from(self.rule)]
    }
}

/// Why a resource should be mended before others.
#[derive(Debug, Clone)]
pub struct Priority {
    /// The sum of its vectors' scores.
    pub score: f64,
    /// The worst severity of its vectors.
    pub severity: Severity,
    /// The ways through attack tracks that its failures open.
    pub vectors: Vec<Vector>,
}

/// One way through an attack track.
#[derive(Debug, Clone)]
pub struct Vector {
    /// The track.
    pub track: &'static str,
    /// One failed control a step, with the step's name.
    pub steps: Vec<(&'static Control, &'static str)>,
    /// The product of the controls' base scores, weighted with replicas.
    pub score: f64,
    /// The worst severity of its controls.
    pub severity: Severity,
}
