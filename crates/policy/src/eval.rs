//! One rule over a few objects in memory: for authors and for cases.

use crate::findings::{arrange, is_reported};
use crate::grants::grants;
use ks_control::{Check, Cluster, Context, External, Finding, Gate, Grant, Match, Rule, Sink, Target};
use ks_object::{Object, Tree};

/// What a rule says about some objects.
#[derive(Debug, Default)]
pub struct Evaluation {
    /// What fails, and how.
    pub findings: Vec<(Failing, Finding)>,
}

/// What fails.
#[derive(Debug, Clone, PartialEq)]
pub enum Failing {
    /// An object, by its position among the given ones.
    Object(usize),
    /// A subject by a grant: positions of binding and role, index of the subject.
    Subject {
        /// The binding.
        binding: usize,
        /// The role.
        role: usize,
        /// The index in the binding's `subjects`.
        subject: usize,
    },
    /// Something that is no object of the input.
    External(External),
}

/// How an object is compared with the matches of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matching {
    /// As in a scan: group, version and kind.
    Exact,
    /// By kind alone, as rules judge objects that are handed to them by hand.
    Kind,
}

impl Matching {
    fn covers(self, one: &Match, object: &Object<'_>) -> bool {
        match self {
            Self::Exact => one.covers(object.group(), object.version(), object.kind()),
            Self::Kind => one.covers_kind(object.kind()),
        }
    }
}

/// Runs one rule on objects whatever its scope.
///
/// # Errors
/// When the rule cannot answer, with its reason.
pub fn evaluate(
    rule: &Rule,
    trees: &[Tree],
    context: &Context,
    matching: Matching,
) -> Result<Evaluation, &'static str> {
    let objects: Vec<Object<'_>> = objects(trees).collect();
    let matches = || rule.matches.iter().chain(rule.strict_matches);
    let matched = |object: &&Object<'_>| matches().any(|one| matching.covers(one, object));
    let seen = || objects.iter().filter(matched).copied();
    let subjects: Vec<Grant<'_>> = match rule.check {
        Check::Grant(_) | Check::Grants(_) => grants(seen(), context.strict),
        _ => Vec::new(),
    };
    let mut evaluation = Evaluation::default();
    let mut keep = |sink: Sink<'_>| -> Result<(), &'static str> {
        let (findings, _, error) = sink.into_parts();
        if let Some(error) = error {
            return Err(error);
        }
        for (target, finding) in findings {
            let (failing, object) = resolve(target, rule, &objects, &subjects);
            if is_reported(rule, context, object.as_ref(), &finding) {
                evaluation.findings.push((failing, finding));
            }
        }
        Ok(())
    };
    match rule.check {
        Check::Pod(check) => {
            for pod in seen().filter_map(|object| object.pod()) {
                let mut sink = Sink::for_object(pod.object().handle());
                check(&pod, context, &mut sink);
                keep(sink)?;
            }
        }
        Check::Object(check) => {
            for object in seen() {
                let mut sink = Sink::for_object(object.handle());
                check(object, context, &mut sink);
                keep(sink)?;
            }
        }
        Check::Grant(check) => {
            for grant in &subjects {
                let mut sink = Sink::for_object(grant.handle);
                check(grant, context, &mut sink);
                keep(sink)?;
            }
        }
        Check::Grants(check) => {
            let mut sink = Sink::default();
            check(&subjects, context, &mut sink);
            keep(sink)?;
        }
        Check::Join { run, .. } => {
            let mut sink = Sink::default();
            run(&Cluster::new(seen()), context, &mut sink);
            keep(sink)?;
        }
    }
    if let Some(gate) = &rule.gate {
        let asked = objects.iter().filter(|object| gate.matches.iter().any(|one| matching.covers(one, object)));
        if (gate.ask)(&Cluster::new(asked.copied()), context) != Gate::Stands {
            evaluation.findings.clear();
        }
    }
    Ok(evaluation.arranged(rule))
}

/// Views of trees, in order; the handle of each is its position.
pub(crate) fn objects(trees: &[Tree]) -> impl Iterator<Item = Object<'_>> {
    let roots = trees.iter().enumerate().filter_map(|(at, tree)| Some((at, tree.root()?)));
    roots.map(|(at, root)| Object::new(root, u32::try_from(at).unwrap_or(u32::MAX)))
}

fn resolve<'a>(
    target: Target,
    rule: &Rule,
    objects: &[Object<'a>],
    subjects: &[Grant<'a>],
) -> (Failing, Option<Object<'a>>) {
    match target {
        Target::External(external) => (Failing::External(external), None),
        Target::Object(handle) => match rule.check {
            Check::Grant(_) | Check::Grants(_) => {
                let grant = &subjects[handle as usize];
                let subject = grant.subject.index().unwrap_or_default();
                let (binding, role) = (grant.binding.handle() as usize, grant.role.handle() as usize);
                (Failing::Subject { binding, role, subject }, None)
            }
            _ => (Failing::Object(handle as usize), objects.iter().find(|object| object.handle() == handle).copied()),
        },
    }
}

impl Evaluation {
    /// Findings about the same target stand together, in the order of reports.
    fn arranged(self, rule: &Rule) -> Self {
        let mut groups: Vec<(Failing, Vec<Finding>)> = Vec::new();
        for (failing, finding) in self.findings {
            match groups.iter_mut().find(|(one, _)| *one == failing) {
                Some((_, findings)) => findings.push(finding),
                None => groups.push((failing, vec![finding])),
            }
        }
        let mut findings = Vec::new();
        for (failing, mut group) in groups {
            arrange(rule, &mut group);
            findings.extend(group.into_iter().map(|finding| (failing.clone(), finding)));
        }
        Self { findings }
    }
}
