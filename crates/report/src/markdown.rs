//! The report as Markdown, for pull requests and wikis.

use crate::digest::{by_severity, controls_with, title_of};
use crate::{Report, ReportError, names, number};
use ks_policy::{Resource, Status};
use std::cmp::Reverse;
use std::io::Write;

/// Writes the report as Markdown.
///
/// # Errors
/// When `out` refuses what is written.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> Result<(), ReportError> {
    let outcome = report.outcome;
    writeln!(out, "# Kubescape Scan Report\n")?;
    if outcome.controls.is_empty() {
        writeln!(out, "**Compliance Score:** N/A\n")?;
    } else {
        writeln!(out, "**Compliance Score:** {}%\n", number::whole_compliance(outcome.summary.compliance))?;
    }
    let mut order = by_severity(outcome);
    order.sort_by_key(|&at| (Reverse(outcome.controls[at].control.severity()), names::of(outcome, at)));
    writeln!(out, "## Summary\n")?;
    writeln!(out, "| Severity | Control | ID | Status | Failed | Passed |")?;
    writeln!(out, "|---|---|---|---|---:|---:|")?;
    for &at in &order {
        let control = &outcome.controls[at];
        let status = match control.verdict.status {
            Status::Failed => "❌ Failed",
            Status::Skipped => "⏭ Skipped",
            Status::Passed | Status::None => "✅ Passed",
        };
        writeln!(
            out,
            "| {} | {} | {} | {status} | {} | {} |",
            control.control.severity().name(),
            cell(names::of(outcome, at)),
            control.control.id,
            control.counters.failed,
            control.counters.passed,
        )?;
    }
    if controls_with(outcome, Status::Failed) == 0 {
        return Ok(());
    }
    writeln!(out, "\n## Failed Controls")?;
    let failures = failures(report);
    for at in order.into_iter().filter(|&at| outcome.controls[at].verdict.status == Status::Failed) {
        section(report, at, &failures[at], out)?;
    }
    Ok(())
}

/// The failed resources of each control, sorted by id.
fn failures<'a>(report: &Report<'a>) -> Vec<Vec<&'a Resource>> {
    let outcome = report.outcome;
    let mut failures: Vec<Vec<&Resource>> = outcome.controls.iter().map(|_| Vec::new()).collect();
    for resource in &outcome.resources {
        for result in outcome.results(resource).filter(|result| result.verdict.status == Status::Failed) {
            failures[result.index].push(resource);
        }
    }
    failures
}

fn section(report: &Report<'_>, at: usize, failures: &[&Resource], out: &mut dyn Write) -> Result<(), ReportError> {
    let control = report.outcome.controls[at].control;
    writeln!(out, "\n### {} ({}, {})\n", inline(names::of(report.outcome, at)), control.severity().name(), control.id)?;
    let fix = control.section("Fix");
    if !fix.is_empty() {
        for line in fix.lines() {
            writeln!(out, "{}", format!("> {line}").trim_end())?;
        }
        writeln!(out)?;
    }
    writeln!(out, "[Documentation]({})\n", names::link(control.id))?;
    writeln!(out, "| Resource | Kind | Namespace |\n|---|---|---|")?;
    for resource in failures {
        let name = if resource.name.is_empty() { title_of(report, &resource.id) } else { resource.name.to_string() };
        writeln!(out, "| {} | {} | {} |", cell(&name), cell(&resource.kind), cell(&resource.namespace))?;
    }
    Ok(())
}

/// Text in a cell of a table: what would end the cell or row is replaced.
fn cell(text: &str) -> String {
    inline(text).replace('|', "\\|")
}

/// Text that Markdown shows as it is: names come from other people's files and may hold links, images or HTML.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\n' | '\r' | '\t' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '!' | '#' | '~' => {
                out.push('\\');
                out.push(char);
            }
            other if other.is_control() => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_break_out_of_their_cell() {
        assert_eq!(cell("a|b\nc"), "a\\|b c");
        assert_eq!(cell("![x](http://y) <img>"), "\\!\\[x\\](http://y) &lt;img&gt;");
        assert_eq!(cell("web-1.example"), "web-1.example");
    }
}
