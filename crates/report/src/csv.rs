//! CSV: a row for each resource and control.

use crate::{Report, ReportError, describe, names};
use csv::{Terminator, WriterBuilder};
use ks_policy::PathKind;
use std::io::Write;

const HEADER: [&str; 13] = [
    "Control Name",
    "Control ID",
    "Severity",
    "Status",
    "Resource Name",
    "Resource Kind",
    "Resource Namespace",
    "API Version",
    "Failed Paths",
    "Fix Paths",
    "Remediation",
    "Control URL",
    "Source Path",
];

/// Writes the report as CSV, sorted by resource id, then control id.
///
/// # Errors
/// When `out` refuses the text.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> Result<(), ReportError> {
    let outcome = report.outcome;
    let known: Vec<_> = outcome
        .controls
        .iter()
        .enumerate()
        .map(|(at, found)| {
            (names::of(outcome, at), describe::remediation(found.control), names::link(found.control.id))
        })
        .collect();
    let mut rows = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(out);
    rows.write_record(HEADER).map_err(refused)?;
    let (mut failed, mut fixes) = (String::new(), String::new());
    for resource in &outcome.resources {
        let source = resource.origin.as_ref().map(|origin| match origin.file.relative.as_str() {
            "" => origin.file.absolute.to_string_lossy(),
            relative => relative.into(),
        });
        for result in outcome.results(resource) {
            failed.clear();
            fixes.clear();
            for item in result.paths() {
                match item.kind {
                    PathKind::Failed => append(&mut failed, &[item.path]),
                    PathKind::Fix => append(&mut fixes, &[item.path, "=", item.value]),
                    PathKind::Delete | PathKind::Review | PathKind::Command => {}
                }
            }
            let (name, remedy, link) = &known[result.index];
            let control = result.control().control;
            rows.write_record([
                name,
                control.id,
                control.severity().name(),
                result.verdict.status.name(),
                &resource.name,
                &resource.kind,
                &resource.namespace,
                &resource.api_version,
                &failed,
                &fixes,
                remedy,
                link,
                source.as_deref().unwrap_or_default(),
            ])
            .map_err(refused)?;
        }
    }
    rows.flush()?;
    Ok(())
}

fn append(cell: &mut String, parts: &[&str]) {
    if !cell.is_empty() {
        cell.push_str("; ");
    }
    cell.extend(parts.iter().copied());
}

fn refused(error: csv::Error) -> ReportError {
    // What the writer itself said, so that a closed pipe is known as one.
    ReportError::Write(match error.into_kind() {
        csv::ErrorKind::Io(source) => source,
        other => std::io::Error::other(format!("{other:?}")),
    })
}
