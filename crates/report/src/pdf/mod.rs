//! The report on paper: A4, with the fonts that every reader has.

mod charts;
mod findings;
mod font;
mod page;
mod table;

use crate::digest::{by_severity, controls_with, count, frameworks, reason, target, unread};
use crate::{Coverage, Report, ReportError, names, number};
use charts::Bar;
use font::{Font, encode};
use ks_control::Severity;
use ks_policy::{Outcome, Status};
use page::{ACCENT, BLACK, Color, LEFT, LINE, Paper, RIGHT, SOFT, Type};
use std::io::Write;
use table::{Cell, Column, Table};

const TITLE: Type = Type::new(Font::Bold, 20.0, BLACK);
const HEADING: Type = Type::new(Font::Bold, 13.0, BLACK);
const TEXT: Type = Type::new(Font::Regular, 9.5, BLACK);
const FAINT: Type = Type::new(Font::Regular, 9.0, SOFT);

/// The longest name of a control in the table.
const LONGEST_NAME: usize = 70;
/// How many frameworks have a bar.
const MOST_BARS: usize = 5;

/// Writes the report on paper.
///
/// # Errors
/// When `out` refuses what is written.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> Result<(), ReportError> {
    let mut paper = Paper::new();
    header(report, &mut paper);
    overview(report, &mut paper);
    controls(report.outcome, &mut paper);
    findings::write(report, &mut paper);
    gaps(report.outcome, &mut paper);
    let (label, target) = target(report.scan);
    let footer = format!("Kubescape {} · {label}: {target}", report.scan.version);
    let bytes = paper.finish("Kubescape Scan Report", report.scan.time, &footer);
    out.write_all(&bytes)?;
    Ok(())
}

fn severity_color(severity: Severity) -> Color {
    match severity {
        Severity::Critical => (159, 18, 57),
        Severity::High => (208, 58, 18),
        Severity::Medium => (185, 117, 6),
        Severity::Low => (47, 111, 179),
        Severity::Unknown => (107, 118, 136),
    }
}

fn header(report: &Report<'_>, paper: &mut Paper) {
    charts::logo(LEFT, paper.y, 46.0, paper);
    let x = LEFT + 58.0;
    let room = RIGHT - x;
    let y = paper.y;
    paper.show(x, y + 18.0, &encode("Kubescape Scan Report"), TITLE);
    let (label, target) = target(report.scan);
    let line = FAINT.font.cut(&format!("{label}: {target}"), FAINT.size, room);
    paper.show(x, y + 32.0, &line, FAINT);
    let date = format!("Report date: {}", report.scan.time.strftime("%Y-%m-%d %H:%M:%S"));
    paper.show(x, y + 44.0, &encode(&date), FAINT);
    paper.y += 54.0;
    paper.rule(LEFT, paper.y, RIGHT - LEFT, LINE);
    paper.y += 8.0;
    let frameworks = frameworks(report.outcome);
    if !frameworks.is_empty() {
        paper.paragraph(LEFT, RIGHT - LEFT, &frameworks, TEXT);
        paper.y += 4.0;
    }
}

/// Pictures of the whole scan.
fn overview(report: &Report<'_>, paper: &mut Paper) {
    const HEIGHT: f32 = 138.0;
    let outcome = report.outcome;
    let summary = &outcome.summary;
    let gap = 10.0;
    let small = 118.0;
    let wide = (RIGHT - LEFT - small - 2.0 * gap) / 2.0;
    let (y, second, third) = (paper.y, LEFT + small + gap, LEFT + small + wide + 2.0 * gap);
    charts::card(LEFT, y, small, HEIGHT, "Compliance score", paper);
    charts::ring(LEFT + small / 2.0, y + 72.0, 36.0, summary.compliance, paper);
    let risk = encode(&format!("Risk score {}%", number::whole_risk(summary.score)));
    paper.show(LEFT + (small - FAINT.width(&risk)) / 2.0, y + HEIGHT - 10.0, &risk, FAINT);
    charts::card(second, y, wide, HEIGHT, "Failed resources by severity", paper);
    charts::bars(second + 12.0, y + 34.0, wide - 24.0, &charts::severities(summary.failures), paper);
    if outcome.frameworks.is_empty() {
        charts::card(third, y, wide, HEIGHT, "Controls", paper);
        let controls = [("Failed", Status::Failed), ("Action required", Status::Skipped), ("Passed", Status::Passed)];
        #[expect(clippy::cast_precision_loss, reason = "a share for a picture")]
        let bar = |(label, status): (&str, Status)| Bar {
            label: label.to_owned(),
            share: controls_with(outcome, status) as f32 / outcome.controls.len().max(1) as f32,
            value: controls_with(outcome, status).to_string(),
            color: if status == Status::Failed { severity_color(Severity::High) } else { ACCENT },
        };
        charts::bars(third + 12.0, y + 34.0, wide - 24.0, &controls.map(bar), paper);
    } else {
        charts::card(third, y, wide, HEIGHT, "Compliance score by framework", paper);
        let bar = |framework: &ks_policy::FrameworkOutcome| Bar {
            label: framework.name.clone(),
            share: framework.compliance / 100.0,
            value: format!("{}%", number::whole_compliance(framework.compliance)),
            color: charts::score_color(framework.compliance),
        };
        let bars: Vec<Bar> = outcome.frameworks.iter().take(MOST_BARS).map(bar).collect();
        charts::bars(third + 12.0, y + 34.0, wide - 24.0, &bars, paper);
    }
    paper.y += HEIGHT + 12.0;
    let of = |status| controls_with(outcome, status);
    let counters = summary.counters;
    let lines = [
        format!(
            "Controls: {} (failed: {}, action required: {}, passed: {})",
            outcome.controls.len(),
            of(Status::Failed),
            of(Status::Skipped),
            of(Status::Passed)
        ),
        format!(
            "Resources: {} (failed: {}, action required: {}, passed: {})",
            counters.all(),
            counters.failed,
            counters.skipped,
            counters.passed
        ),
    ];
    for line in lines {
        paper.paragraph(LEFT, RIGHT - LEFT, &line, TEXT);
    }
}

/// A title with a bookmark.
fn heading(title: &str, paper: &mut Paper) {
    paper.need(70.0);
    paper.y += 14.0;
    paper.mark(title);
    paper.paragraph(LEFT, RIGHT - LEFT, title, HEADING);
    paper.y += 4.0;
}

const fn column(title: &'static str, width: f32, right: bool) -> Column {
    Column { title, width, right }
}

/// The table of all controls.
fn controls(outcome: &Outcome, paper: &mut Paper) {
    heading("Controls", paper);
    let mut table = Table::begin(
        &[
            column("Severity", 58.0, false),
            column("Control reference", 56.0, false),
            column("Control name", 0.0, false),
            column("Failed resources", 56.0, true),
            column("All resources", 56.0, true),
            column("Compliance score", 92.0, true),
        ],
        paper,
    );
    let mut reasons: Vec<&str> = Vec::new();
    for at in by_severity(outcome) {
        let control = &outcome.controls[at];
        let score = if control.verdict.status == Status::Skipped {
            let reason = reason(control);
            let known = reasons.iter().position(|one| *one == reason).unwrap_or_else(|| {
                reasons.push(reason);
                reasons.len() - 1
            });
            format!("Action required {}", "†".repeat(known + 1))
        } else {
            format!("{}%", number::whole_compliance(control.compliance))
        };
        let name = names::of(outcome, at);
        let name = match name.char_indices().nth(LONGEST_NAME) {
            Some((end, _)) => format!("{}…", name[..end].trim_end()),
            None => name.to_owned(),
        };
        let failed = control.counters.failed;
        let id = control.control.id;
        table.row(
            &[
                Cell::Severity(control.control.severity()),
                Cell::Link(id.to_owned(), names::link(id)),
                Cell::Text(name),
                if failed > 0 { Cell::Strong(failed.to_string()) } else { Cell::Text(failed.to_string()) },
                Cell::Text(control.counters.all().to_string()),
                Cell::Text(score),
            ],
            paper,
        );
    }
    let summary = &outcome.summary;
    table.row(
        &[
            Cell::Text(String::new()),
            Cell::Text(String::new()),
            Cell::Strong("Resource summary".to_owned()),
            Cell::Strong(summary.counters.failed.to_string()),
            Cell::Strong(summary.counters.all().to_string()),
            Cell::Strong(format!("{}%", number::exact_compliance(summary.compliance))),
        ],
        paper,
    );
    paper.y += 4.0;
    for (at, reason) in reasons.iter().enumerate().filter(|(_, reason)| !reason.is_empty()) {
        paper.paragraph(LEFT, RIGHT - LEFT, &format!("{} {reason}", "†".repeat(at + 1)), FAINT);
    }
}

/// What the scan could not judge.
fn gaps(outcome: &Outcome, paper: &mut Paper) {
    let coverage = Coverage::of(outcome);
    if !coverage.has_gaps() {
        return;
    }
    heading("Not judged", paper);
    let evaluated = format!(
        "Scan coverage {:.0}%: {} of {} were evaluated.",
        coverage.score.floor(),
        coverage.evaluated,
        count(coverage.total as usize, "control")
    );
    paper.paragraph(LEFT, RIGHT - LEFT, &evaluated, TEXT);
    paper.y += 4.0;
    let mut rows: Vec<(String, String)> = Vec::new();
    for skipped in &outcome.skipped {
        let (place, why) = unread(skipped);
        rows.push((place, why.to_owned()));
    }
    for control in outcome.controls.iter().filter(|one| one.verdict.sub == ks_policy::SubStatus::NotEvaluated) {
        rows.push((format!("{} {}", control.control.id, control.control.title), reason(control).to_owned()));
    }
    rows.extend(outcome.degradations.iter().cloned());
    let vacuous = "found nothing to look at".to_owned();
    rows.extend(coverage.vacuous_frameworks.iter().map(|name| (name.clone(), vacuous.clone())));
    let mut table = Table::begin(&[column("What", 220.0, false), column("Reason", 0.0, false)], paper);
    for (what, why) in rows {
        table.row(&[Cell::Text(what), Cell::Text(why)], paper);
    }
}
