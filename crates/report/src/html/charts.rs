//! Charts as inline SVG. Their colours come from the style sheet, so that they follow light and dark.

use super::severity_class;
use crate::digest::controls_with;
use crate::number::whole_compliance;
use ks_control::Severity;
use ks_policy::{BySeverity, FrameworkOutcome, Outcome, Status};
use maud::{Markup, html};

/// A ring that is as full as a score.
pub(super) fn ring(score: f32) -> Markup {
    let radius = 52.0_f32;
    let around = std::f32::consts::TAU * radius;
    let filled = around * score.clamp(0.0, 100.0) / 100.0;
    let class = score_class(score);
    let label = format!("{}%", whole_compliance(score));
    html! {
        svg.ring viewBox="0 0 130 130" role="img" aria-label={"Compliance score " (label)} {
            circle.track cx="65" cy="65" r=(radius) stroke-width="13" {}
            @if filled > 0.0 {
                circle.arc.(class) cx="65" cy="65" r=(radius) stroke-width="13" transform="rotate(-90 65 65)"
                    stroke-dasharray={(fixed(filled)) " " (fixed(around))} {}
            }
            text.value.(class) x="65" y="73" text-anchor="middle" font-size="25" { (label) }
        }
    }
}

/// A bar for each severity: how many resources fail controls of it, and how many controls that are.
pub(super) fn severities(failures: BySeverity, controls: BySeverity) -> Markup {
    let shown = Severity::WORST_FIRST.into_iter();
    let shown: Vec<Severity> =
        shown.filter(|severity| *severity != Severity::Unknown || failures.of(*severity) > 0).collect();
    let most = shown.iter().map(|severity| failures.of(*severity)).max().unwrap_or(0);
    let rows = shown.iter().map(|&severity| Row {
        class: severity_class(severity),
        label: severity.name().to_owned(),
        share: share(failures.of(severity), most),
        value: failures.of(severity).to_string(),
        note: crate::digest::count(controls.of(severity) as usize, "control"),
    });
    bars("Failed resources by severity", &rows.collect::<Vec<_>>())
}

/// A bar for each framework: its compliance score.
pub(super) fn frameworks(frameworks: &[FrameworkOutcome]) -> Markup {
    let row = |framework: &FrameworkOutcome| Row {
        class: score_class(framework.compliance),
        label: framework.name.clone(),
        share: framework.compliance / 100.0,
        value: format!("{}%", whole_compliance(framework.compliance)),
        note: format!("{} failed of {}", framework.counters.failed, framework.counters.all()),
    };
    bars("Compliance score by framework", &frameworks.iter().map(row).collect::<Vec<_>>())
}

/// A bar for each status of controls, for scans without frameworks.
pub(super) fn statuses(outcome: &Outcome) -> Markup {
    let all = u32::try_from(outcome.controls.len()).unwrap_or(u32::MAX);
    let statuses = [
        ("Failed", Status::Failed, "high"),
        ("Skipped", Status::Skipped, "unknown"),
        ("Passed", Status::Passed, "good"),
    ];
    let rows = statuses.map(|(label, status, class)| {
        let number = controls_with(outcome, status);
        Row {
            class,
            label: label.to_owned(),
            share: share(u32::try_from(number).unwrap_or(u32::MAX), all),
            value: number.to_string(),
            note: String::new(),
        }
    });
    bars("Controls by status", &rows)
}

struct Row {
    class: &'static str,
    label: String,
    share: f32,
    value: String,
    note: String,
}

fn bars(label: &str, rows: &[Row]) -> Markup {
    const STEP: usize = 34;
    let (left, room) = (96.0, 170.0);
    html! {
        svg viewBox={"0 0 400 " (rows.len() * STEP)} role="img" aria-label=(label) font-size="13" {
            @for (at, row) in rows.iter().enumerate() {
                @let y = at * STEP;
                g.(row.class) {
                    title { (row.label) ": " (row.value) @if !row.note.is_empty() { ", " (row.note) } }
                    text x="0" y=(y + 20) { (short(&row.label)) }
                    rect.track x=(left) y=(y + 8) width=(room) height="16" rx="4" {}
                    @if row.share > 0.0 {
                        rect.bar x=(left) y=(y + 8) width=(fixed((room * row.share.min(1.0)).max(3.0))) height="16" rx="4" {}
                    }
                    text.value x=(left + room + 10.0) y=(y + 20) { (row.value) }
                    text.soft x="400" y=(y + 20) text-anchor="end" font-size="11" { (row.note) }
                }
            }
        }
    }
}

/// A name as long as there is room for one.
fn short(name: &str) -> String {
    if name.chars().count() <= 13 { name.to_owned() } else { name.chars().take(12).chain(['…']).collect() }
}

#[expect(clippy::cast_precision_loss, reason = "a share for a picture")]
fn share(part: u32, whole: u32) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

/// How good a score is. No standard says so: half of the controls failing is bad everywhere.
pub(super) fn score_class(score: f32) -> &'static str {
    match score {
        score if score >= 90.0 => "good",
        score if score >= 70.0 => "medium",
        score if score >= 50.0 => "high",
        _ => "critical",
    }
}

fn fixed(length: f32) -> String {
    format!("{length:.1}")
}
