//! Every resource with failures: what fails, on which line, and how to mend it.

use super::finding;
use super::page::Page;
use super::table::{Column, Grid, Look};
use crate::digest::{count, reason, troubles};
use crate::excerpt::{Source, Sources};
use crate::remedy::{Remedy, remedies};
use crate::style::Ink;
use crate::{Report, names};
use ks_policy::{ControlResult, Resource, Status};
use std::io;

pub(super) fn write(report: &Report<'_>, page: &mut Page<'_>) -> io::Result<()> {
    let mut sources = Sources::new(*report);
    let mut passed = 0;
    for resource in &report.outcome.resources {
        if matches!(resource.verdict.status, Status::Failed | Status::Skipped) {
            write_resource(report, resource, &mut sources, page)?;
        } else {
            passed += 1;
        }
    }
    page.blank()?;
    page.rule(80)?;
    if passed > 0 {
        page.painted(Ink::Success, &format!("{} passed every control.", count(passed, "resource")))?;
    }
    Ok(())
}

fn write_resource<'a>(
    report: &Report<'a>,
    resource: &'a Resource,
    sources: &mut Sources<'a>,
    page: &mut Page<'_>,
) -> io::Result<()> {
    let results = troubles(report.outcome, resource);
    let source = sources.get(&resource.id);
    header(report, resource, source.as_deref(), &results, page)?;
    let mut grid = Grid::new(&[
        Column::new("Severity", Look::Severity),
        Column::flexible("Control name", Look::Plain, 16),
        Column::new("Docs", Look::Faint).optional(),
        Column::flexible("Assisted remediation", Look::Plain, 24),
    ]);
    for result in &results {
        let control = result.control();
        grid.row([
            control.control.severity().name().to_owned(),
            match result.verdict.status {
                Status::Skipped => format!("{} (action required)", names::of(report.outcome, result.index)),
                _ => names::of(report.outcome, result.index).to_owned(),
            },
            names::link(control.control.id),
            remediation(report, result, sources),
        ]);
    }
    page.table(grid)?;
    for result in &results {
        let control = result.control().control;
        let excerpts = sources.excerpts(&remedies(result));
        if excerpts.is_empty() {
            continue;
        }
        page.blank()?;
        let severity = page.ink(Ink::Severity(control.severity()), control.severity().name()).to_string();
        let title = format!("{} {}", control.id, names::of(report.outcome, result.index));
        let indent = control.severity().name().len() + 1;
        page.hanging_at(&format!("{severity} "), indent, Some(Ink::Strong), &title)?;
        finding::write(report, &excerpts, &resource.id, page)?;
    }
    Ok(())
}

fn header(
    report: &Report<'_>,
    resource: &Resource,
    source: Option<&Source>,
    results: &[ControlResult<'_>],
    page: &mut Page<'_>,
) -> io::Result<()> {
    page.blank()?;
    page.rule(80)?;
    let place = resource.origin.as_ref().map(|origin| match source.map(|source| source.line_of("")) {
        Some(line) if line > 0 => format!("{}:{line}", origin.file.relative),
        _ => origin.file.relative.clone(),
    });
    let fields = [
        ("Source", place.as_deref().unwrap_or_default()),
        ("ApiVersion", &resource.api_version),
        ("Kind", &resource.kind),
        ("Name", &resource.name),
        ("Namespace", &resource.namespace),
    ];
    for (title, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        let label = page.ink(Ink::Faint, format!("{title:<10} ")).to_string();
        page.hanging_at(&label, 11, Some(Ink::Strong), value)?;
    }
    let all = report.outcome.results(resource).count();
    let failed = results.iter().filter(|result| result.verdict.status == Status::Failed).count();
    let label = page.ink(Ink::Faint, "Controls   ").to_string();
    let text = format!("{all} (Failed: {failed}, action required: {})", results.len() - failed);
    page.hanging_at(&label, 11, None, &text)?;
    page.blank()
}

/// What to do about a control, a line each; with `--show-evidence` also what is there now.
pub(super) fn remediation<'a>(report: &Report<'a>, result: &ControlResult<'a>, sources: &mut Sources<'a>) -> String {
    let mut lines = Vec::new();
    for remedy in remedies(result) {
        let mut line = remedy.text();
        if report.scan.evidence
            && let Some(value) = current(&remedy, sources)
        {
            line.push_str(&format!(" (current: {value})"));
        }
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    if lines.is_empty() {
        let control = result.control();
        let info = if result.verdict.status == Status::Skipped { reason(control) } else { "" };
        let info =
            if info.is_empty() { crate::prose::sentence(control.control.section("Fix")) } else { info.to_owned() };
        lines.push(info);
    }
    lines.join("\n")
}

fn current(remedy: &Remedy<'_>, sources: &mut Sources<'_>) -> Option<String> {
    if remedy.path.is_empty() {
        return None;
    }
    sources.get(remedy.resource_id)?.value(remedy.path)
}
