//! Rules over many objects, run when all objects are read.

use crate::findings::{arrange, is_reported};
use crate::grants::grants;
use crate::plan::Plan;
use crate::scan::Kept;
use ks_control::{Check, Cluster, Context, External, Finding, Gate, Grant, Rule, Sink, Target};
use ks_object::{Object, Tree};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What one rule over many objects says. Handles are positions among the kept objects, or among the grants.
#[derive(Debug, Default)]
pub(crate) struct Joined {
    pub(crate) rule: u16,
    pub(crate) found: Vec<(u32, Vec<Finding>)>,
    pub(crate) externals: Vec<(External, Vec<Finding>)>,
    pub(crate) counted: Vec<u32>,
    pub(crate) error: Option<&'static str>,
}

/// What all rules over many objects say.
pub(crate) struct Joins<'a> {
    pub(crate) grants: Vec<Grant<'a>>,
    pub(crate) joined: Vec<Joined>,
    /// Gates that do not stand.
    pub(crate) gates: Vec<(u16, Gate)>,
}

/// Runs joins, grant rules and gates on `threads` threads; the result does not depend on their number.
pub(crate) fn run<'a>(plan: &Plan, kept: &'a [Kept], packs: &'a [Tree], threads: usize) -> Joins<'a> {
    let context = &plan.settings.context;
    let object = |(at, kept): (usize, &'a Kept)| {
        let root = packs.get(kept.pack as usize)?.node(kept.root)?;
        Some(Object::new(root, u32::try_from(at).ok()?))
    };
    let rbac: Vec<Object<'a>> =
        kept.iter().enumerate().filter(|(_, kept)| kept.class.grants).filter_map(object).collect();
    let grants = grants(rbac.iter().copied(), context.strict);
    let numbers: Vec<u16> = (0..plan.rules.len()).filter_map(|number| u16::try_from(number).ok()).collect();
    let (next, joined, gates) = (AtomicUsize::new(0), Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    let work = || {
        while let Some(&number) = numbers.get(next.fetch_add(1, Ordering::Relaxed)) {
            let rule = plan.rules[usize::from(number)];
            let seen = |gate: bool| {
                let bits = move |kept: &Kept| if gate { kept.class.gates } else { kept.class.joins };
                kept.iter().enumerate().filter(move |(_, kept)| bits(kept).has(number)).filter_map(object)
            };
            if let Some(gate) = &rule.gate {
                let answer = (gate.ask)(&Cluster::new(seen(true)), context);
                if answer != Gate::Stands {
                    push(&gates, (number, answer));
                }
            }
            let mut parts = Vec::new();
            match rule.check {
                Check::Join { run, .. } => {
                    let mut sink = Sink::default();
                    run(&Cluster::new(seen(false)), context, &mut sink);
                    parts.push(sink.into_parts());
                }
                Check::Grants(check) => {
                    let mut sink = Sink::default();
                    check(&grants, context, &mut sink);
                    parts.push(sink.into_parts());
                }
                Check::Grant(check) => {
                    for grant in &grants {
                        let mut sink = Sink::for_object(grant.handle);
                        check(grant, context, &mut sink);
                        if !sink.is_empty() {
                            parts.push(sink.into_parts());
                        }
                    }
                }
                Check::Pod(_) | Check::Object(_) => continue,
            }
            let found = |handle: u32| match rule.check {
                Check::Join { .. } => kept.get(handle as usize).and_then(|kept| object((handle as usize, kept))),
                _ => None,
            };
            push(&joined, collect(number, rule, context, parts, &found));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.max(1) {
            scope.spawn(work);
        }
        work();
    });
    let mut joined = joined.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    joined.sort_by_key(|one: &Joined| one.rule);
    let mut gates = gates.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    gates.sort_by_key(|(rule, _): &(u16, Gate)| *rule);
    Joins { grants, joined, gates }
}

fn push<T>(list: &Mutex<Vec<T>>, value: T) {
    list.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(value);
}

type Parts = (Vec<(Target, Finding)>, Vec<Target>, Option<&'static str>);

fn collect<'a>(
    number: u16,
    rule: &Rule,
    context: &Context,
    parts: Vec<Parts>,
    object: &dyn Fn(u32) -> Option<Object<'a>>,
) -> Joined {
    let mut joined = Joined { rule: number, ..Joined::default() };
    let mut by_handle: Vec<(u32, Finding)> = Vec::new();
    for (findings, counted, error) in parts {
        joined.error = joined.error.or(error);
        for (target, finding) in findings {
            match target {
                Target::Object(handle) if is_reported(rule, context, object(handle).as_ref(), &finding) => {
                    by_handle.push((handle, finding));
                }
                Target::Object(_) => {}
                Target::External(external) => match joined.externals.iter_mut().find(|(one, _)| *one == external) {
                    Some((_, findings)) => findings.push(finding),
                    None => joined.externals.push((external, vec![finding])),
                },
            }
        }
        for target in counted {
            match target {
                Target::Object(handle) => joined.counted.push(handle),
                Target::External(external) => {
                    if !joined.externals.iter().any(|(one, _)| *one == external) {
                        joined.externals.push((external, Vec::new()));
                    }
                }
            }
        }
    }
    by_handle.sort_by_key(|(handle, _)| *handle);
    for (handle, finding) in by_handle {
        match joined.found.last_mut() {
            Some((last, findings)) if *last == handle => findings.push(finding),
            _ => joined.found.push((handle, vec![finding])),
        }
    }
    for (_, findings) in joined.found.iter_mut() {
        arrange(rule, findings);
    }
    for (_, findings) in &mut joined.externals {
        arrange(rule, findings);
    }
    joined
}
