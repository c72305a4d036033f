//! Statuses, counters and scores of controls, frameworks and the scan.

use crate::outcome::{BySeverity, ControlOutcome, Counters, Outcome, Summary};
use crate::status::{Status, SubStatus, Verdict};
use ks_control::Action;

/// Sums over one control.
#[derive(Clone, Copy, Default)]
struct Sums {
    counters: Counters,
    excepted: u32,
    verdict: Option<Verdict>,
    failed_weight: f32,
    weight: f32,
}

/// Computes all that a report says in numbers. A pure function of the resources' verdicts.
pub(crate) fn score(outcome: &mut Outcome) {
    let mut sums = vec![Sums::default(); outcome.controls.len()];
    let mut frameworks = vec![Counters::default(); outcome.frameworks.len()];
    let members = membership(outcome);
    let mut total = Counters::default();
    let mut failures = BySeverity::default();
    let mut verdicts = Vec::with_capacity(outcome.resources.len());
    let mut within = vec![None; outcome.frameworks.len()];
    for resource in &outcome.resources {
        let mut worst: Option<Verdict> = None;
        within.iter_mut().for_each(|verdict| *verdict = None);
        for result in outcome.results(resource) {
            let (sum, verdict) = (&mut sums[result.index], result.verdict);
            count(&mut sum.counters, verdict);
            sum.excepted += u32::from(verdict == Verdict::EXCEPTED);
            sum.verdict = Some(fold(sum.verdict, verdict));
            sum.weight += resource.weight;
            if verdict.status == Status::Failed {
                sum.failed_weight += resource.weight;
                failures.add(result.control().control.severity(), 1);
            }
            worst = Some(fold(worst, verdict));
            for &framework in &members[result.index] {
                within[framework] = Some(fold(within[framework], verdict));
            }
        }
        for (counters, verdict) in frameworks.iter_mut().zip(&within) {
            if let Some(verdict) = verdict {
                count(counters, *verdict);
            }
        }
        let worst = worst.unwrap_or_default();
        count(&mut total, worst);
        verdicts.push(worst);
    }
    for (resource, verdict) in outcome.resources.iter_mut().zip(verdicts) {
        resource.verdict = verdict;
    }
    for (at, sum) in sums.iter().enumerate() {
        let reason = rule_error(outcome, &outcome.controls[at]);
        settle(&mut outcome.controls[at], sum, reason);
    }
    let all: Vec<usize> = (0..outcome.controls.len()).collect();
    for (at, counters) in frameworks.into_iter().enumerate() {
        let (verdict, score, compliance) = over(outcome, &outcome.frameworks[at].controls, &sums);
        let framework = &mut outcome.frameworks[at];
        (framework.verdict, framework.score, framework.compliance) = (verdict, score, compliance);
        framework.counters = counters;
    }
    let (verdict, score, compliance) = over(outcome, &all, &sums);
    let mut failed_controls = BySeverity::default();
    for control in outcome.controls.iter().filter(|control| control.verdict.status == Status::Failed) {
        failed_controls.add(control.control.severity(), 1);
    }
    let unevaluated = outcome.controls.iter().filter(|control| control.verdict.sub == SubStatus::NotEvaluated).count();
    let evaluated = u32::try_from(outcome.controls.len() - unevaluated).unwrap_or(u32::MAX);
    outcome.summary = Summary { verdict, counters: total, failures, failed_controls, score, compliance, evaluated };
    if let Some(tracks) = outcome.prioritize {
        crate::priority::prioritize(outcome, tracks);
    }
}

/// The frameworks of each control.
fn membership(outcome: &Outcome) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); outcome.controls.len()];
    for (framework, one) in outcome.frameworks.iter().enumerate() {
        for &control in &one.controls {
            members[control].push(framework);
        }
    }
    members
}

fn fold(so_far: Option<Verdict>, verdict: Verdict) -> Verdict {
    so_far.map_or(verdict, |so_far| so_far.fold(verdict))
}

fn count(counters: &mut Counters, verdict: Verdict) {
    match verdict.status {
        Status::Passed => counters.passed += 1,
        Status::Failed => counters.failed += 1,
        Status::Skipped => counters.skipped += 1,
        Status::None => {}
    }
}

/// Why a rule of the control could not answer.
fn rule_error(outcome: &Outcome, control: &ControlOutcome) -> Option<&'static str> {
    control.rules.iter().find_map(|rule| outcome.rules[usize::from(*rule)].error)
}

fn settle(control: &mut ControlOutcome, sums: &Sums, error: Option<&'static str>) {
    control.counters = sums.counters;
    control.excepted = sums.excepted;
    let manual = control.rules.is_empty() && control.control.action == Some(Action::ManualReview);
    control.verdict = match sums.verdict {
        Some(verdict) => verdict,
        None if manual => Verdict::skipped(SubStatus::ManualReview),
        None => Verdict { status: Status::Passed, sub: SubStatus::Irrelevant },
    };
    control.info = match (control.verdict.status, error) {
        (Status::Skipped, Some(error)) if control.verdict.sub == SubStatus::None => error.to_owned(),
        (Status::Skipped, _) => control.verdict.sub.info().to_owned(),
        _ => String::new(),
    };
    control.compliance = match control.verdict.status {
        Status::Passed => 100.0,
        _ => percent(f64::from(sums.counters.passed), f64::from(sums.counters.all())),
    };
    let base = control.control.base_score;
    control.score = risk(sums.failed_weight * base, sums.weight * base);
}

/// Verdict, risk and compliance over some controls.
fn over(outcome: &Outcome, controls: &[usize], sums: &[Sums]) -> (Verdict, f32, f32) {
    let (mut verdict, mut failed, mut all, mut compliance) = (None, 0.0_f32, 0.0_f32, 0.0);
    for &at in controls {
        let control = &outcome.controls[at];
        let base = control.control.base_score;
        failed += sums[at].failed_weight * base;
        all += sums[at].weight * base;
        compliance += f64::from(control.compliance);
        verdict = Some(fold(verdict, Verdict { sub: SubStatus::None, ..control.verdict }));
    }
    let irrelevant = controls.iter().all(|at| outcome.controls[*at].verdict.sub == SubStatus::Irrelevant);
    let risk = if all == 0.0 && irrelevant && !controls.is_empty() { 100.0 } else { self::risk(failed, all) };
    #[expect(clippy::cast_precision_loss, reason = "a few hundred at most")]
    let mean = if controls.is_empty() { 0.0 } else { narrow(compliance / controls.len() as f64) };
    (verdict.unwrap_or_default(), risk, mean)
}

fn percent(part: f64, all: f64) -> f32 {
    if all == 0.0 { 0.0 } else { narrow(part * 100.0 / all) }
}

/// Risk is summed and divided in 32 bits, as it always was: reports are compared to the last digit.
fn risk(failed: f32, all: f32) -> f32 {
    if all == 0.0 { 0.0 } else { failed * 100.0 / all }
}

#[expect(clippy::cast_possible_truncation, reason = "scores are reported as 32-bit floats")]
fn narrow(value: f64) -> f32 {
    value as f32
}
