//! What a scan evaluates: chosen controls, their rules, and what each kind of object means to them.

use crate::bits::Bits;
use crate::exceptions::Exception;
use ks_control::{Action, Check, Context, Control, Counts, Gating, Library, Match, Rule, Scope};
use ks_object::{Builder, Fields, Object};
use std::collections::BTreeMap;

/// Which controls to evaluate.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Frameworks by name, in any case. When there are none, `controls` are evaluated by themselves.
    pub frameworks: Vec<String>,
    /// Controls by id, in any case.
    pub controls: Vec<String>,
    /// Controls to leave out of every framework: ids in any case, or sections of a benchmark.
    pub exclude: Vec<String>,
    /// When not empty, only these controls; exact ids.
    pub include: Vec<String>,
    /// Not these controls; exact ids.
    pub skip: Vec<String>,
    /// Where the objects are from.
    pub scope: Option<Scope>,
}

/// Why nothing can be evaluated.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// A framework is not known.
    #[error("framework {name:?} is not known; known are {known}")]
    UnknownFramework {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// A control is not known.
    #[error("control {0:?} is not known; `kubescape list controls` shows all")]
    UnknownControl(String),
    /// Nothing that was asked for applies.
    #[error("no resources found to scan: none of the chosen controls applies to {0}")]
    NothingApplies(&'static str),
    /// More rules than a scan can hold.
    #[error("{0} rules are more than one scan can hold")]
    TooManyRules(usize),
}

/// The one workload that a scan is about. Other objects still count as its surroundings.
#[derive(Debug, Clone, Default)]
pub struct Focus {
    /// Its namespace; any when not given.
    pub namespace: Option<String>,
    /// Its kind, in any case.
    pub kind: String,
    /// Its `apiVersion`; any when not given.
    pub api_version: Option<String>,
    /// Its name.
    pub name: String,
}

impl Focus {
    /// Whether this is the workload.
    #[must_use]
    pub fn is_on(&self, object: &ks_object::Object<'_>) -> bool {
        let namespace = self.namespace.as_deref();
        object.name() == Some(self.name.as_str())
            && object.kind().eq_ignore_ascii_case(&self.kind)
            && self.api_version.as_deref().is_none_or(|version| version == object.api_version())
            && namespace.is_none_or(|namespace| object.namespace_or_default() == namespace)
    }
}

/// How the evaluation is set up.
#[derive(Debug, Default)]
pub struct Settings {
    /// Inputs, provider, strictness.
    pub context: Context,
    /// Exceptions in force.
    pub exceptions: Vec<Exception>,
    /// Whether `kubescape.io/skip-*` annotations of objects count.
    pub inline_exceptions: bool,
    /// Now, for the expiry of inline exceptions.
    pub now: jiff::Timestamp,
    /// The cluster's name, for exceptions.
    pub cluster: String,
    /// Labels to copy into reports.
    pub labels: Vec<String>,
    /// Whether raw objects are kept for the report.
    pub keep_raw: bool,
    /// Whether resources are given priorities.
    pub prioritize: bool,
    /// The one workload to judge; all objects when not given.
    pub focus: Option<Focus>,
    /// How many threads evaluate joins.
    pub threads: usize,
}

/// What a scan evaluates.
#[derive(Debug)]
pub struct Plan {
    pub(crate) controls: Vec<&'static Control>,
    /// Name and indexes of the controls.
    pub(crate) frameworks: Vec<(&'static str, Vec<usize>)>,
    pub(crate) rules: Vec<&'static Rule>,
    /// The rules of each control.
    pub(crate) control_rules: Vec<Vec<u16>>,
    pub(crate) library: Library,
    pub(crate) settings: Settings,
}

impl Plan {
    /// Chooses controls and prepares their evaluation.
    ///
    /// # Errors
    /// When a name is not known or nothing applies.
    pub fn new(library: Library, request: &Request, settings: Settings) -> Result<Self, PlanError> {
        let scope = request.scope.unwrap_or(Scope::Cluster);
        let mut chosen: BTreeMap<&str, &'static Control> = BTreeMap::new();
        let mut frameworks: Vec<(&'static str, Vec<&'static str>)> = Vec::new();
        for name in &request.frameworks {
            let framework = library.frameworks.iter().find(|one| one.name.eq_ignore_ascii_case(name));
            let framework = framework.ok_or_else(|| unknown_framework(&library, name))?;
            if !in_scope(framework.scopes, scope) || frameworks.iter().any(|(name, _)| *name == framework.name) {
                continue;
            }
            let wanted =
                |id: &&&str| find(&library, id).is_some_and(|control| request.wants(control, framework.name, scope));
            let mut ids: Vec<&'static str> = framework.controls.iter().filter(wanted).copied().collect();
            ids.sort_unstable();
            chosen.extend(ids.iter().filter_map(|id| Some((*id, find(&library, id)?))));
            frameworks.push((framework.name, ids));
        }
        for id in &request.controls {
            let control = find(&library, id).ok_or_else(|| PlanError::UnknownControl(id.clone()))?;
            if request.wants(control, "", scope) {
                chosen.insert(control.id, control);
            }
        }
        if chosen.is_empty() {
            return Err(PlanError::NothingApplies(if scope == Scope::File { "files" } else { "this cluster" }));
        }
        let controls: Vec<_> = chosen.into_values().collect();
        let at = |id: &&str| controls.binary_search_by(|control| control.id.cmp(id)).ok();
        let frameworks = frameworks.iter().map(|(name, ids)| (*name, ids.iter().filter_map(at).collect())).collect();
        let mut plan = Self { controls, frameworks, rules: Vec::new(), control_rules: Vec::new(), library, settings };
        plan.number_rules()?;
        Ok(plan)
    }

    /// Names of the chosen frameworks.
    pub fn frameworks(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.frameworks.iter().map(|(name, _)| *name)
    }

    fn number_rules(&mut self) -> Result<(), PlanError> {
        for control in &self.controls {
            let mut numbers = Vec::new();
            for rule in control.rules.iter().filter(|rule| !rule.retired) {
                let at = self.rules.iter().position(|known| std::ptr::eq(*known, *rule)).unwrap_or_else(|| {
                    self.rules.push(rule);
                    self.rules.len() - 1
                });
                numbers.push(u16::try_from(at).unwrap_or(u16::MAX));
            }
            self.control_rules.push(numbers);
        }
        if self.rules.len() > Bits::CAPACITY { Err(PlanError::TooManyRules(self.rules.len())) } else { Ok(()) }
    }

    /// Whether a rule reads inputs and none of them is set.
    pub(crate) fn is_unconfigured(&self, rule: &Rule) -> bool {
        let values = |key: &&str| self.settings.context.inputs.values(key);
        !rule.inputs.is_empty() && rule.inputs.iter().all(|key| values(key).is_empty())
    }
}

impl Request {
    fn wants(&self, control: &Control, framework: &str, scope: Scope) -> bool {
        let section = control.frameworks.iter().find(|place| place.framework == framework).map(|place| place.section);
        let excluded = |name: &String| {
            name.trim().eq_ignore_ascii_case(control.id)
                || (framework.starts_with("cis-") && section.is_some_and(|section| section == name.trim()))
        };
        // What a person has to do is the same wherever the scan looks.
        let manual = control.action == Some(Action::ManualReview);
        (manual || in_scope(control.scopes, scope))
            && !self.exclude.iter().any(excluded)
            && (self.include.is_empty() || self.include.iter().any(|id| id == control.id))
            && !self.skip.iter().any(|id| id == control.id)
    }
}

/// Whether something for `scopes` applies at `scope`.
fn in_scope(scopes: &[Scope], scope: Scope) -> bool {
    let managed = matches!(scope, Scope::Eks | Scope::Gke | Scope::Aks);
    let applies = |one: &Scope| match one {
        Scope::File => scope == Scope::File,
        Scope::Cluster => scope != Scope::File,
        Scope::Cloud => managed,
        provider => *provider == scope,
    };
    scopes.is_empty() || scopes.iter().any(applies)
}

fn find(library: &Library, id: &str) -> Option<&'static Control> {
    library.controls.iter().find(|control| control.id.eq_ignore_ascii_case(id.trim()))
}

fn unknown_framework(library: &Library, name: &str) -> PlanError {
    let known: Vec<_> = library.frameworks.iter().map(|framework| framework.name).collect();
    PlanError::UnknownFramework { name: name.to_owned(), known: known.join(", ") }
}

/// What objects of one API version and kind mean to a plan.
#[derive(Debug, Default)]
pub(crate) struct Class {
    /// Whether any rule looks at them.
    pub(crate) wanted: bool,
    /// Rules that are run on each of them.
    pub(crate) run: Vec<u16>,
    /// Rules that give each of them a verdict.
    pub(crate) judged: Bits,
    /// Rules that give some of them a verdict.
    pub(crate) judged_if: Vec<u16>,
    /// What is kept of each of them for joins, grants and gates.
    keep: Option<Fields>,
    /// Those of which more is kept, and then all that any rule reads.
    keeps: Vec<fn(Object<'_>) -> bool>,
    keep_all: Option<Fields>,
    /// Joins that look at them.
    pub(crate) joins: Bits,
    /// Rules whose gate looks at them.
    pub(crate) gates: Bits,
    /// Whether they make grants.
    pub(crate) grants: bool,
}

impl Class {
    pub(crate) fn new(plan: &Plan, group: &str, version: &str, kind: &str) -> Self {
        let mut class = Self::default();
        let covers = |matches: &[Match]| matches.iter().any(|one| one.covers(group, version, kind));
        for (number, rule) in plan.rules.iter().enumerate() {
            let number = u16::try_from(number).unwrap_or(u16::MAX);
            if let Some(Gating { matches, reads, .. }) = &rule.gate
                && covers(matches)
            {
                class.wanted = true;
                class.gates.set(number);
                class.keep(reads, kind, None);
            }
            let strict = plan.settings.context.strict && covers(rule.strict_matches);
            if !covers(rule.matches) && !strict {
                continue;
            }
            class.wanted = true;
            match rule.check {
                Check::Pod(_) | Check::Object(_) => class.run.push(number),
                Check::Join { reads, .. } => {
                    class.joins.set(number);
                    class.keep(reads, kind, rule.keeps);
                }
                Check::Grant(_) | Check::Grants(_) => {
                    class.grants = true;
                    class.keep(&["*"], kind, None);
                    continue;
                }
            }
            match rule.counts {
                Counts::Matched => class.judged.set(number),
                Counts::Only(matches) if covers(matches) => class.judged.set(number),
                Counts::If(_) => class.judged_if.push(number),
                Counts::Only(_) | Counts::Reported => {}
            }
        }
        class
    }

    /// Adds what is kept of an object once it is judged to a builder, and says at which index.
    pub(crate) fn keep_of(&self, object: &Object<'_>, into: &mut Builder) -> Option<u32> {
        let more = self.keeps.iter().any(|keeps| keeps(*object));
        let fields = if more { &self.keep_all } else { &self.keep };
        fields.as_ref().map(|fields| fields.prune_into(object.node(), into))
    }

    fn keep(&mut self, reads: &[&str], kind: &str, keeps: Option<fn(Object<'_>) -> bool>) {
        Self::add(self.keep_all.get_or_insert_with(Fields::header), reads, kind);
        match keeps {
            Some(keeps) => self.keeps.push(keeps),
            None => Self::add(self.keep.get_or_insert_with(Fields::header), reads, kind),
        }
    }

    fn add(fields: &mut Fields, reads: &[&str], kind: &str) {
        let template = match kind {
            "Pod" => Some(""),
            "Deployment" | "ReplicaSet" | "DaemonSet" | "StatefulSet" | "Job" | "ReplicationController" => {
                Some("spec.template.")
            }
            "CronJob" => Some("spec.jobTemplate.spec.template."),
            _ => None,
        };
        for read in reads {
            let (prefix, rest) = match read.split_once('.') {
                _ if *read == "*" => {
                    *fields = Fields::all();
                    return;
                }
                Some(("$template", rest)) => (template.map(str::to_owned), rest),
                Some(("$pod", rest)) => (template.map(|template| format!("{template}spec.")), rest),
                _ if *read == "$template" || *read == "$pod" => (None, ""),
                _ => (Some(String::new()), *read),
            };
            if let Some(prefix) = prefix {
                fields.add(&format!("{prefix}{rest}"));
            }
        }
    }
}
