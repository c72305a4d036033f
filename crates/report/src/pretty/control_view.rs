//! A section for each control with its resources.

use super::finding;
use super::page::Page;
use super::resource_view::remediation;
use super::summary::ACTION_REQUIRED;
use crate::digest::{by_severity, reason, title_of};
use crate::excerpt::Sources;
use crate::remedy::remedies;
use crate::style::Ink;
use crate::{Report, names, prose};
use ks_policy::{ControlResult, Resource, Status};
use std::io;

/// The resources of one control.
type Results<'a> = Vec<(&'a Resource, ControlResult<'a>)>;

pub(super) fn write(report: &Report<'_>, page: &mut Page<'_>) -> io::Result<()> {
    let outcome = report.outcome;
    let mut results: Vec<Results<'_>> = outcome.controls.iter().map(|_| Vec::new()).collect();
    for resource in &outcome.resources {
        for result in outcome.results(resource) {
            if report.scan.verbose || matches!(result.verdict.status, Status::Failed | Status::Skipped) {
                results[result.index].push((resource, result));
            }
        }
    }
    let mut sources = Sources::new(*report);
    for at in by_severity(outcome) {
        let status = outcome.controls[at].verdict.status;
        if report.scan.verbose || matches!(status, Status::Failed | Status::Skipped) {
            section(report, at, &results[at], &mut sources, page)?;
        }
    }
    Ok(())
}

fn section<'a>(
    report: &Report<'a>,
    at: usize,
    results: &Results<'a>,
    sources: &mut Sources<'a>,
    page: &mut Page<'_>,
) -> io::Result<()> {
    let control = &report.outcome.controls[at];
    let about = control.control;
    page.blank()?;
    page.rule(80)?;
    let (ink, state) = match control.verdict.status {
        Status::Failed => (Ink::Failure, page.sign("✘ failed", "x failed").to_owned()),
        Status::Skipped => {
            (Ink::Warning, format!("! {} ({})", ACTION_REQUIRED.to_lowercase(), control.verdict.sub.name()))
        }
        Status::Passed | Status::None => (Ink::Success, page.sign("✔ passed", "v passed").to_owned()),
    };
    let severity = about.severity();
    page.painted(Ink::Heading, &format!("[{}] {}", about.id, names::of(report.outcome, at)))?;
    let badge = page.ink(Ink::Severity(severity), severity.name()).to_string();
    page.line(format_args!("{badge}  {}", page.ink(ink, state)))?;
    page.painted(Ink::Faint, &names::link(about.id))?;
    let describe = [("Description", prose::lead(about.section("Finds"))), ("Reason", reason(control).to_owned())];
    for (label, text) in describe.iter().filter(|(_, text)| !text.is_empty()) {
        page.hanging_at(&format!("{}: ", page.ink(Ink::Faint, label)), label.len() + 2, None, text)?;
    }
    let groups = [("Failed", Status::Failed), (ACTION_REQUIRED, Status::Skipped), ("Passed", Status::Passed)];
    for (label, status) in groups {
        let mut group: Results<'_> =
            results.iter().filter(|(_, result)| result.verdict.status == status).copied().collect();
        if group.is_empty() {
            continue;
        }
        let key = |resource: &'a Resource| (&resource.namespace, &resource.kind, &resource.name, &resource.id);
        group.sort_by(|(a, _), (b, _)| key(a).cmp(&key(b)));
        page.blank()?;
        page.painted(Ink::Strong, &format!("{label}:"))?;
        resources(report, &group, status, sources, page)?;
    }
    page.blank()?;
    let counters = control.counters;
    page.text(&format!(
        "Summary - Passed:{}   {ACTION_REQUIRED}:{}   Failed:{}   Total:{}",
        counters.passed,
        counters.skipped,
        counters.failed,
        counters.all()
    ))?;
    let fix = prose::plain(about.section("Fix"));
    if control.verdict.status != Status::Passed && !fix.is_empty() {
        page.hanging_at(&format!("{}: ", page.ink(Ink::Faint, "Remediation")), 13, None, &fix)?;
    }
    Ok(())
}

fn resources<'a>(
    report: &Report<'a>,
    group: &Results<'a>,
    status: Status,
    sources: &mut Sources<'a>,
    page: &mut Page<'_>,
) -> io::Result<()> {
    let mut namespace = None;
    for (resource, result) in group {
        if namespace.replace(&resource.namespace) != Some(&resource.namespace) && !resource.namespace.is_empty() {
            page.hanging("  ", Some(Ink::Faint), &format!("Namespace {}", resource.namespace))?;
        }
        page.hanging("    ", None, &format!("{} - {}", resource.kind, resource.name))?;
        let related: Vec<String> =
            result.rules().flat_map(|rule| rule.related()).map(|id| title_of(report, id)).collect();
        if !related.is_empty() {
            page.hanging("      ", Some(Ink::Faint), &format!("with {}", related.join(", ")))?;
        }
        if status == Status::Passed || !report.scan.verbose {
            continue;
        }
        let remedies = remedies(result);
        let excerpts = sources.excerpts(&remedies);
        if excerpts.iter().any(|excerpt| !excerpt.lines.is_empty()) {
            finding::write(report, &excerpts, &resource.id, page)?;
        } else if !remedies.is_empty() {
            page.hanging("      ", None, &remediation(report, result, sources))?;
        }
    }
    Ok(())
}
