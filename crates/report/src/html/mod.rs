//! The report as one page for a browser: no scripts, no requests, light and dark, printable.

mod charts;
mod controls;
mod resources;

use crate::digest::{controls_with, frameworks, highest_stakes, target, title, unread};
use crate::prose::{Block, Span, blocks};
use crate::{Coverage, Report, ReportError, number};
use ks_control::Severity;
use ks_policy::{Status, SubStatus};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::io::Write;

const STYLE: &str = include_str!("style.css");
const LOGO: &str = include_str!("logo.svg");
/// Nothing in the page may load or run anything, whatever names the scanned files hold.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
/// How many workloads to mend first are listed.
const MOST_WORKLOADS: usize = 5;

/// Writes the report as one page for a browser.
///
/// # Errors
/// When `out` refuses what is written.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> Result<(), ReportError> {
    let mut put = |part: Markup| out.write_all(part.into_string().as_bytes());
    put(html! { (DOCTYPE) })?;
    put(PreEscaped("<html lang=\"en\">".to_owned()))?;
    put(head())?;
    put(PreEscaped("<body>".to_owned()))?;
    put(header(report))?;
    put(PreEscaped("<main>".to_owned()))?;
    put(summary(report))?;
    put(stakes(report))?;
    put(controls::details(report.outcome))?;
    resources::write(report, &mut put)?;
    put(gaps(report))?;
    put(PreEscaped("</main>".to_owned()))?;
    put(html! {
        footer { "Kubescape " (report.scan.version) " · report " (report.scan.guid) }
    })?;
    put(PreEscaped("</body></html>\n".to_owned()))?;
    Ok(())
}

fn head() -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta http-equiv="Content-Security-Policy" content=(POLICY);
            title { "Kubescape Scan Report" }
            // A browser asks the server for an icon otherwise.
            link rel="icon" href="data:,";
            style { (PreEscaped(STYLE)) }
        }
    }
}

fn header(report: &Report<'_>) -> Markup {
    let (label, target) = target(report.scan);
    let gaps = has_gaps(report);
    html! {
        header.top {
            (PreEscaped(LOGO.trim_end()))
            div {
                h1 { "Kubescape Scan Report" }
                p { (label) ": " (target) " · " time { (report.scan.time.strftime("%Y-%m-%d %H:%M:%S UTC")) } }
                @let frameworks = frameworks(report.outcome);
                @if !frameworks.is_empty() { p { (frameworks) } }
            }
        }
        nav {
            a href="#summary" { "Summary" }
            a href="#details" { "Details" }
            @if report.outcome.summary.counters.failed > 0 { a href="#resources" { "Failed Resources" } }
            @if gaps { a href="#gaps" { "Not judged" } }
        }
    }
}

fn summary(report: &Report<'_>) -> Markup {
    let outcome = report.outcome;
    let summary = &outcome.summary;
    let controls = |status| controls_with(outcome, status);
    let counters = summary.counters;
    html! {
        h2 #summary { "Summary" }
        div.cards {
            div.card {
                h3 { "Compliance score" }
                (charts::ring(summary.compliance))
                p { "100% is best. Risk score " (number::whole_risk(summary.score)) "%, 0% is best." }
            }
            div.card {
                h3 { "Failed resources by severity" }
                (charts::severities(summary.failures, summary.failed_controls))
            }
            div.card {
                @if outcome.frameworks.is_empty() {
                    h3 { "Controls" }
                    (charts::statuses(outcome))
                } @else {
                    h3 { "Compliance score by framework" }
                    (charts::frameworks(&outcome.frameworks))
                }
            }
            div.card.wide {
                table.stack {
                    thead {
                        tr {
                            th { "" }
                            th.number { "All" } th.number { "Failed" }
                            th.number { "Skipped" } th.number { "Passed" }
                        }
                    }
                    tbody {
                        (count_row("Controls", outcome.controls.len(), controls(Status::Failed),
                            controls(Status::Skipped), controls(Status::Passed)))
                        (count_row("Resources", counters.all() as usize, counters.failed as usize,
                            counters.skipped as usize, counters.passed as usize))
                    }
                }
            }
        }
    }
}

fn count_row(title: &str, all: usize, failed: usize, skipped: usize, passed: usize) -> Markup {
    html! {
        tr {
            td { b { (title) } }
            td.number data-label="All" { (all) }
            td.number.bad[failed > 0] data-label="Failed" { (failed) }
            td.number data-label="Skipped" { (skipped) }
            td.number data-label="Passed" { (passed) }
        }
    }
}

/// The workloads whose failures open the most ways to attack.
fn stakes(report: &Report<'_>) -> Markup {
    let workloads = highest_stakes(report.outcome);
    if workloads.len() < 2 {
        return html! {};
    }
    html! {
        h2 { "Mend first" }
        p.note { "What fails here opens the most ways to attack." }
        div.box {
            table.stack {
                thead { tr { th { "Severity" } th { "Workload" } th { "Source" } th.number { "Ways to attack" } } }
                tbody {
                    @for (workload, priority) in workloads.into_iter().take(MOST_WORKLOADS) {
                        tr {
                            td { (badge(priority.severity)) }
                            td { a href={"#" (resources::anchor(report.outcome, workload))} { (title(workload)) } }
                            td { @if let Some(origin) = &workload.origin { (origin.file.relative) } }
                            td.number data-label="Ways to attack" { (priority.vectors.len()) }
                        }
                    }
                }
            }
        }
    }
}

fn has_gaps(report: &Report<'_>) -> bool {
    Coverage::of(report.outcome).has_gaps()
}

/// What the scan could not judge.
fn gaps(report: &Report<'_>) -> Markup {
    let outcome = report.outcome;
    let coverage = Coverage::of(outcome);
    if !coverage.has_gaps() {
        return html! {};
    }
    let unanswered = outcome.controls.iter().filter(|control| control.verdict.sub == SubStatus::NotEvaluated);
    let unanswered: Vec<(String, &str)> = unanswered
        .map(|one| (format!("{} {}", one.control.id, one.control.title), crate::digest::reason(one)))
        .collect();
    let fallbacks = outcome.degradations.iter().map(|(component, reason)| (component.clone(), reason.as_str()));
    let vacuous = coverage.vacuous_frameworks.iter().map(|name| (name.clone(), ""));
    let groups: [(&str, Vec<(String, &str)>); 4] = [
        ("Documents that were not judged", outcome.skipped.iter().map(unread).collect()),
        ("Controls that could not be evaluated", unanswered),
        ("Policy inputs that a fallback stands in for", fallbacks.collect()),
        ("Frameworks that found nothing to look at", vacuous.collect()),
    ];
    html! {
        h2 #gaps { "Not judged" }
        p.note {
            "Scan coverage " (format!("{:.0}", coverage.score.floor())) "%: " (coverage.evaluated) " of "
            (coverage.total) " controls were evaluated."
        }
        @for (heading, rows) in &groups {
            @if !rows.is_empty() {
                div.box {
                    table.stack {
                        thead { tr { th { (heading) } th { "Reason" } } }
                        tbody {
                            @for (what, why) in rows {
                                tr { td { code { (what) } } td { (why) } }
                            }
                        }
                    }
                }
                p.note {}
            }
        }
    }
}

/// The class that colours a severity.
fn severity_class(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "critical",
        Severity::High => "high",
        Severity::Medium => "medium",
        Severity::Low => "low",
        Severity::Unknown => "unknown",
    }
}

fn badge(severity: Severity) -> Markup {
    html! { span.badge.(severity_class(severity)) { (severity.name()) } }
}

/// A part of a control's document.
fn prose(markdown: &str) -> Markup {
    let blocks = blocks(markdown);
    html! {
        @for group in blocks.chunk_by(|a, b| matches!((a, b), (Block::Item(_), Block::Item(_)))) {
            @match group {
                [Block::Item(_), ..] => ul {
                    @for block in group { @if let Block::Item(text) = block { li { (spans(text)) } } }
                },
                [Block::Paragraph(text), ..] => p { (spans(text)) },
                [Block::Code(code), ..] => pre { code { (code) } },
                [] => {},
            }
        }
    }
}

fn spans(spans: &[Span]) -> Markup {
    html! {
        @for span in spans {
            @if span.code { code { (span.text) } }
            @else if span.link.starts_with("https://") { a href=(span.link) rel="noreferrer" { (span.text) } }
            @else if span.strong { strong { (span.text) } }
            @else { (span.text) }
        }
    }
}
