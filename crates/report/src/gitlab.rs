//! GitLab's report of static analysis, version 15.2.4.

use crate::sarif::{failures, hex};
use crate::sink::Sink;
use crate::site::{Site, Sites, named_paths};
use crate::{Report, ReportError, describe, encode, names};
use ks_object::Origin;
use ks_policy::{ControlResult, PathItem, PathKind, Resource};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::io::Write;

#[derive(Serialize)]
struct Scan<'a> {
    analyzer: &'a Tool,
    scanner: &'a Tool,
    #[serde(rename = "type")]
    kind: &'static str,
    start_time: &'a str,
    end_time: &'a str,
    status: &'static str,
}

#[derive(Serialize)]
struct Tool {
    id: &'static str,
    name: &'static str,
    url: &'static str,
    version: &'static str,
    vendor: Vendor,
}

#[derive(Serialize)]
struct Vendor {
    name: &'static str,
}

#[derive(Serialize)]
struct Vulnerability<'a> {
    id: String,
    category: &'static str,
    name: &'a str,
    message: &'a str,
    description: &'a str,
    severity: &'static str,
    scanner: Scanner,
    location: Location<'a>,
    identifiers: [Identifier<'a>; 1],
    #[serde(skip_serializing_if = "String::is_empty")]
    solution: String,
}

#[derive(Serialize)]
struct Scanner {
    id: &'static str,
    name: &'static str,
}

#[derive(Serialize)]
struct Location<'a> {
    file: &'a str,
    start_line: u32,
}

#[derive(Serialize)]
struct Identifier<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    name: &'a str,
    value: &'static str,
    url: String,
}

/// Writes the report as a GitLab SAST report.
///
/// # Errors
/// When `out` refuses the text.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> Result<(), ReportError> {
    let mut sites = Sites::new(report);
    let mut sink = Sink::new(out);
    let time = report.scan.time.strftime("%Y-%m-%dT%H:%M:%S").to_string();
    let tool = Tool {
        id: "kubescape",
        name: "Kubescape",
        url: "https://kubescape.io",
        version: report.scan.version,
        vendor: Vendor { name: "Kubescape" },
    };
    let scan =
        Scan { analyzer: &tool, scanner: &tool, kind: "sast", start_time: &time, end_time: &time, status: "success" };
    sink.text.push_str("{\n  \"version\": \"15.2.4\",\n  \"scan\": ");
    encode::indented("the scan", &scan, 1, &mut sink.text)?;
    sink.text.push_str(",\n  \"vulnerabilities\": [");
    let descriptions = describe::all(report.outcome, describe::description);
    let mut first = true;
    for (resource, origin) in sites.failed() {
        let site = sites.of(resource, origin);
        for result in failures(report, resource) {
            sink.text.push_str(if first { "\n    " } else { ",\n    " });
            first = false;
            let name = names::of(report.outcome, result.index);
            let full = format!("{} - {name}", result.control().control.id);
            let mut found = vulnerability(resource, origin, &site, &result, &full);
            found.message = name;
            found.description = &descriptions[result.index];
            encode::indented(&resource.id, &found, 2, &mut sink.text)?;
            sink.relieve()?;
        }
    }
    sink.text.push_str(if first { "]\n}" } else { "\n  ]\n}" });
    sink.finish()
}

/// A failure without its prose.
fn vulnerability<'a>(
    resource: &Resource,
    origin: &'a Origin,
    site: &Site<'_>,
    result: &ControlResult<'_>,
    full_name: &'a str,
) -> Vulnerability<'a> {
    let control = result.control().control;
    let file = origin.file.relative.as_str();
    Vulnerability {
        id: hex(&Sha256::digest(format!("{}/{}/{file}", control.id, resource.id))),
        category: "sast",
        name: full_name,
        message: "",
        description: "",
        severity: control.severity().name(),
        scanner: Scanner { id: "kubescape", name: "Kubescape" },
        location: Location { file, start_line: site.position(result).line.max(1) },
        identifiers: [Identifier {
            kind: "kubescape_control_id",
            name: full_name,
            value: control.id,
            url: names::link(control.id),
        }],
        solution: solution(site, result),
    }
}

/// What would mend a failure; what is only wrong comes with what stands there now.
fn solution(site: &Site<'_>, result: &ControlResult<'_>) -> String {
    let line = |(item, text): (PathItem<'_>, String)| {
        let shown = item.kind == PathKind::Failed && site.owns(&item);
        match shown.then(|| site.current(item.path)).flatten() {
            Some(current) => format!("{text} (current: {current})"),
            None => text,
        }
    };
    named_paths(result).into_iter().map(line).collect::<Vec<_>>().join("\n")
}
