//! The failed resources: what fails in each, where, and what to do.

use super::{badge, severity_class};
use crate::digest::{failed_resources, reason, title_of, troubles};
use crate::excerpt::{Excerpt, Line, Mark, Sources};
use crate::remedy::{Remedy, remedies};
use crate::{Report, names, prose};
use ks_control::Severity;
use ks_policy::{ControlResult, Outcome, PathKind, Resource, Status};
use maud::{Markup, html};
use std::io;

/// How many resources are opened at first: those that one wants to see of a small report.
const OPEN: usize = 3;
/// How many resources have lines of their files quoted: a browser has to show the page.
const QUOTED: usize = 300;

/// Writes the section, resource by resource.
pub(super) fn write(report: &Report<'_>, put: &mut dyn FnMut(Markup) -> io::Result<()>) -> io::Result<()> {
    let resources = failed_resources(report.outcome);
    if resources.is_empty() {
        return Ok(());
    }
    put(html! { h2 #resources { "Failed Resources" } })?;
    if resources.len() > QUOTED {
        put(html! {
            p.note { "Lines of files are quoted for the first " (QUOTED) " resources. A scan of fewer files shows all." }
        })?;
    }
    let mut sources = Sources::new(*report);
    let mut namespace = None;
    let all_open = resources.len() <= OPEN;
    for (number, resource) in resources.into_iter().enumerate() {
        if namespace.replace(&resource.namespace) != Some(&resource.namespace) {
            put(html! {
                h3.namespace {
                    @if resource.namespace.is_empty() { "Without a namespace" }
                    @else { "Namespace " (resource.namespace) }
                }
            })?;
        }
        let quoting = Quoting { open: all_open, lines: number < QUOTED };
        put(card(report, resource, quoting, &mut sources))?;
    }
    Ok(())
}

/// How much of a resource is shown.
#[derive(Clone, Copy)]
struct Quoting {
    /// Whether its card is open at first.
    open: bool,
    /// Whether lines of its file are quoted.
    lines: bool,
}

/// What links to a resource lead to. Its id holds what may not stand in an address, so its number stands for it.
pub(super) fn anchor(outcome: &Outcome, resource: &Resource) -> String {
    let number = outcome.resources.partition_point(|other| other.id < resource.id);
    format!("resource-{}", number + 1)
}

fn card<'a>(report: &Report<'a>, resource: &'a Resource, quoting: Quoting, sources: &mut Sources<'a>) -> Markup {
    let results = troubles(report.outcome, resource);
    let source = sources.get(&resource.id);
    let line = source.as_ref().map_or(0, |source| source.line_of(""));
    let place = resource.origin.as_ref().map(|origin| match line {
        0 => origin.file.relative.clone(),
        line => format!("{}:{line}", origin.file.relative),
    });
    let of = |severity: Severity| {
        let counted = |result: &&ControlResult<'_>| {
            result.verdict.status == Status::Failed && result.control().control.severity() == severity
        };
        results.iter().filter(counted).count()
    };
    html! {
        details.box.resource.card-body #(anchor(report.outcome, resource)) open[quoting.open] {
            summary {
                b { (resource.kind) " " (resource.name) }
                span.place { @if let Some(place) = &place { (place) } }
                @for severity in Severity::WORST_FIRST {
                    @if of(severity) > 0 {
                        span.badge.(severity_class(severity)) { (of(severity)) " " (severity.name()) }
                    }
                }
            }
            dl {
                dt { "ApiVersion" } dd { (resource.api_version) }
                dt { "Kind" } dd { (resource.kind) }
                dt { "Name" } dd { (resource.name) }
                @if !resource.namespace.is_empty() { dt { "Namespace" } dd { (resource.namespace) } }
                @if let Some(place) = &place { dt { "Source" } dd { (place) } }
            }
            table.stack {
                thead { tr { th { "Severity" } th { "Name" } th { "Docs" } th { "Assisted Remediation" } } }
                tbody {
                    @for result in &results { (row(report, resource, result, quoting, sources)) }
                }
            }
        }
    }
}

fn row<'a>(
    report: &Report<'a>,
    resource: &'a Resource,
    result: &ControlResult<'a>,
    quoting: Quoting,
    sources: &mut Sources<'a>,
) -> Markup {
    let control = result.control();
    let remedies = remedies(result);
    let excerpts = if quoting.lines { sources.excerpts(&remedies) } else { Vec::new() };
    let related: Vec<String> = result.rules().flat_map(|rule| rule.related()).map(|id| title_of(report, id)).collect();
    html! {
        tr {
            td { (badge(control.control.severity())) }
            td {
                a href={"#" (control.control.id)} { (names::of(report.outcome, result.index)) }
                @if result.verdict.status == Status::Skipped { " " span.tag { "action required" } }
            }
            td.id { a href=(names::link(control.control.id)) rel="noreferrer" { (control.control.id) } }
            td {
                @if remedies.is_empty() {
                    @if result.verdict.status == Status::Skipped { (reason(control)) }
                    @else { (prose::sentence(control.control.section("Fix"))) }
                } @else {
                    ul.do { @for remedy in &remedies { (to_do(report, resource, remedy)) } }
                }
                @if !related.is_empty() { p.note { "With " (related.join(", ")) } }
                @for excerpt in excerpts.iter().filter(|excerpt| !excerpt.lines.is_empty()) { (quote(excerpt)) }
            }
        }
    }
}

fn to_do(report: &Report<'_>, resource: &Resource, remedy: &Remedy<'_>) -> Markup {
    html! {
        li {
            span.verb { (remedy.verb()) } " "
            @if remedy.kind == PathKind::Fix { code { (remedy.path) "=" (remedy.value) } }
            @else { code { (remedy.text()) } }
            @if remedy.placeholder().is_some() { " " span.note { "choose a value" } }
            @if remedy.resource_id != resource.id { " " span.note { "in " (title_of(report, remedy.resource_id)) } }
        }
    }
}

/// The guilty lines and the fix.
fn quote(excerpt: &Excerpt<'_>) -> Markup {
    html! {
        details {
            summary.note { (excerpt.file) ":" (excerpt.line) @if has_fix(excerpt) { " and how to mend it" } }
            pre { @for line in &excerpt.lines { (quoted(line)) } }
        }
    }
}

fn has_fix(excerpt: &Excerpt<'_>) -> bool {
    excerpt.lines.iter().any(|line| matches!(line.mark, Mark::Added | Mark::Removed))
}

fn quoted(line: &Line) -> Markup {
    let (class, sign) = match line.mark {
        Mark::Context => ("l c", " "),
        Mark::Guilty => ("l g", ">"),
        Mark::Removed => ("l d", "-"),
        Mark::Added => ("l a", "+"),
        Mark::Gap => return html! { span.l.c { span.n {} "⋮" } },
    };
    html! {
        span class=(class) {
            span.n { @if line.number > 0 { (line.number) } }
            (sign) " " (line.text)
        }
    }
}
