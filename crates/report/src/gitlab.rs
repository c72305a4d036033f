//! GitLab's report of static analysis, version 15.2.4.

use crate::sarif::{failures, hex};
use crate::sink::Sink;
use crate::site::{Site, Sites, named_paths};
use crate::{Report, ReportError, describe, encode, names};
use ks_object::Origin;
use ks_policy::{ControlResult, PathKind, Resource};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::Write;

/// Writes the report as a GitLab SAST report.
///
/// # Errors
/// When `out` refuses the text.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> Result<(), ReportError> {
    let mut sites = Sites::new(report);
    let mut sink = Sink::new(out);
    sink.text.push_str("{\n  \"version\": \"15.2.4\",\n  \"scan\": ");
    encode::indented("the scan", &scan(report), 1, &mut sink.text)?;
    sink.text.push_str(",\n  \"vulnerabilities\": [");
    let mut first = true;
    for (resource, origin) in sites.failed() {
        let site = sites.of(resource, origin);
        for result in failures(report, resource) {
            sink.text.push_str(if first { "\n    " } else { ",\n    " });
            first = false;
            let found = vulnerability(report, resource, origin, &site, &result);
            encode::indented(&resource.id, &found, 2, &mut sink.text)?;
            sink.relieve()?;
        }
    }
    sink.text.push_str(if first { "]\n}" } else { "\n  ]\n}" });
    sink.finish()
}

fn scan(report: &Report<'_>) -> Value {
    let tool = json!({
        "id": "kubescape",
        "name": "Kubescape",
        "url": "https://kubescape.io",
        "version": report.scan.version,
        "vendor": { "name": "Kubescape" },
    });
    let time = report.scan.time.strftime("%Y-%m-%dT%H:%M:%S").to_string();
    json!({
        "analyzer": tool,
        "scanner": tool,
        "type": "sast",
        "start_time": time,
        "end_time": time,
        "status": "success",
    })
}

fn vulnerability(
    report: &Report<'_>,
    resource: &Resource,
    origin: &Origin,
    site: &Site<'_>,
    result: &ControlResult<'_>,
) -> Value {
    let control = result.control().control;
    let (name, file) = (names::of(report.outcome, result.index), &origin.file.relative);
    let full = format!("{} - {name}", control.id);
    let mut found = json!({
        "id": hex(&Sha256::digest(format!("{}/{}/{file}", control.id, resource.id))),
        "category": "sast",
        "name": full,
        "message": name,
        "description": describe::description(control),
        "severity": control.severity().name(),
        "scanner": { "id": "kubescape", "name": "Kubescape" },
        "location": { "file": file, "start_line": site.position(result).line.max(1) },
        "identifiers": [{
            "type": "kubescape_control_id",
            "name": full,
            "value": control.id,
            "url": names::link(control.id),
        }],
    });
    let solution: Vec<String> = named_paths(result)
        .into_iter()
        .map(|(item, text)| match site.current(item.path) {
            Some(current) if item.kind == PathKind::Failed && site.owns(&item) => {
                format!("{text} (current: {current})")
            }
            _ => text,
        })
        .collect();
    if !solution.is_empty() {
        found["solution"] = solution.join("\n").into();
    }
    found
}
