//! The sums of a scan: frameworks, counters and a table of controls.

use super::page::Page;
use super::table::{Column, Grid, Look};
use crate::digest::{Scene, by_severity, controls_with, count, frameworks, reason};
use crate::style::Ink;
use crate::{Report, names, number};
use ks_control::Severity;
use ks_policy::{ControlOutcome, Outcome, Status};
use std::io;

/// How a control that could not be judged is shown.
pub(super) const ACTION_REQUIRED: &str = "Action Required";

pub(super) fn write(report: &Report<'_>, page: &mut Page<'_>) -> io::Result<()> {
    page.blank()?;
    page.rule(50)?;
    page.blank()?;
    about(report, page)?;
    match frameworks(report.outcome) {
        none if none.is_empty() => {}
        line => page.text(&line)?,
    }
    counters(report.outcome, page)?;
    severities(report.outcome, page)?;
    if !report.scan.verbose && report.outcome.summary.counters.failed > 0 {
        page.blank()?;
        page.painted(Ink::Faint, "Run with '--verbose'/'-v' to see the failed resources with their lines and fixes.")?;
    }
    page.blank()?;
    controls(report, page)
}

/// What was scanned.
pub(super) fn about(report: &Report<'_>, page: &mut Page<'_>) -> io::Result<()> {
    let scan = report.scan;
    match Scene::of(scan) {
        Scene::Cluster => page.text(&format!("Cluster: {}", scan.cluster)),
        Scene::Files => page.text(&format!("Scanned: {}", scan.inputs.join(", "))),
        Scene::Workload => {
            let Some((kind, namespace, name)) = &scan.workload else { return Ok(()) };
            let mut grid = Grid::new(&[
                Column::flexible("Namespace", Look::Plain, 12),
                Column::new("Kind", Look::Plain),
                Column::flexible("Name", Look::Plain, 12),
            ]);
            grid.row([namespace.clone(), kind.clone(), name.clone()]);
            page.table(grid)
        }
    }
}

/// How many controls passed, failed and need action.
fn counters(outcome: &Outcome, page: &mut Page<'_>) -> io::Result<()> {
    let mut grid = Grid::new(&[Column::new("Controls", Look::Plain), Column::new("", Look::Number)]);
    let rows = [("Passed", Status::Passed), ("Failed", Status::Failed), (ACTION_REQUIRED, Status::Skipped)];
    for (title, status) in rows {
        grid.row([title.to_owned(), controls_with(outcome, status).to_string()]);
    }
    grid.footer(["All".to_owned(), outcome.controls.len().to_string()]);
    page.blank()?;
    page.table(grid)
}

/// How many failures there are of each severity.
pub(super) fn severities(outcome: &Outcome, page: &mut Page<'_>) -> io::Result<()> {
    let failures = outcome.summary.failures;
    let mut grid = Grid::new(&[Column::new("Severity", Look::Severity), Column::new("Failed resources", Look::Bad)]);
    for severity in Severity::WORST_FIRST {
        // Every control that ships has a severity.
        if severity != Severity::Unknown || failures.of(severity) > 0 {
            grid.row([severity.name().to_owned(), failures.of(severity).to_string()]);
        }
    }
    page.blank()?;
    page.text("Failed resources by severity:")?;
    page.blank()?;
    page.table(grid)
}

/// The main table. Without `-v` it has only what did not pass.
fn controls(report: &Report<'_>, page: &mut Page<'_>) -> io::Result<()> {
    let outcome = report.outcome;
    let all = report.scan.verbose || outcome.controls.iter().all(|control| control.verdict.status != Status::Failed);
    let mut grid = Grid::new(&[
        Column::new("Severity", Look::Severity),
        Column::flexible("Control name", Look::Plain, 20),
        Column::flexible("Failed resources", Look::Bad, 9),
        Column::flexible("All Resources", Look::Number, 9),
        Column::flexible("Compliance score", Look::Number, 10),
    ]);
    let mut notes = Footnotes::default();
    for at in by_severity(outcome) {
        let control = &outcome.controls[at];
        if !all && control.verdict.status == Status::Passed {
            continue;
        }
        grid.row([
            control.control.severity().name().to_owned(),
            names::of(outcome, at).to_owned(),
            control.counters.failed.to_string(),
            control.counters.all().to_string(),
            score(control, &mut notes),
        ]);
    }
    let summary = &outcome.summary;
    grid.footer([
        String::new(),
        "Resource Summary".to_owned(),
        summary.counters.failed.to_string(),
        summary.counters.all().to_string(),
        format!("{}%", number::exact_compliance(summary.compliance)),
    ]);
    page.table(grid)?;
    notes.write(page)?;
    let passed = controls_with(outcome, Status::Passed);
    if !all && passed > 0 {
        page.painted(Ink::Faint, &format!("{} not listed.", count(passed, "passed control")))?;
    }
    Ok(())
}

fn score(control: &ControlOutcome, notes: &mut Footnotes) -> String {
    if control.verdict.status == Status::Skipped {
        format!("{ACTION_REQUIRED} {}", notes.mark(reason(control)))
    } else if control.compliance < 0.0 {
        "N/A".to_owned()
    } else {
        format!("{}%", number::whole_compliance(control.compliance))
    }
}

/// Reasons below a table, each with as many stars as its number.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    reasons: Vec<String>,
}

impl Footnotes {
    /// The mark of a reason; none for no reason.
    pub(super) fn mark(&mut self, reason: &str) -> String {
        if reason.is_empty() {
            return String::new();
        }
        let at = self.reasons.iter().position(|known| known == reason).unwrap_or_else(|| {
            self.reasons.push(reason.to_owned());
            self.reasons.len() - 1
        });
        "*".repeat(at + 1)
    }

    pub(super) fn write(&self, page: &mut Page<'_>) -> io::Result<()> {
        for (at, reason) in self.reasons.iter().enumerate() {
            page.hanging(&format!("{} ", "*".repeat(at + 1)), Some(Ink::Faint), reason)?;
        }
        Ok(())
    }
}
