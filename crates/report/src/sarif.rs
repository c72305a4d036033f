//! SARIF 2.1.0: one run, one result for each failed control of each resource in a file.

use crate::number::seconds;
use crate::sink::Sink;
use crate::site::{Site, Sites, named_paths};
use crate::{Report, ReportError, describe, edit, encode, names};
use ks_control::{Control, Severity};
use ks_object::{Origin, Position};
use ks_policy::{ControlResult, PathKind, Resource, Status};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write;

/// The name under which strict reports give the scan root.
const ROOT: &str = "SCANROOT";

/// Writes the report as SARIF.
///
/// # Errors
/// When `out` refuses the text.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> Result<(), ReportError> {
    let outcome = report.outcome;
    let mut sites = Sites::new(report);
    let failed = sites.failed();
    // Rules come before results, in the order in which results first name them.
    let mut rules: Vec<usize> = Vec::new();
    let mut places: Vec<Option<usize>> = vec![None; outcome.controls.len()];
    for (resource, _) in &failed {
        for result in failures(report, resource) {
            places[result.index].get_or_insert_with(|| {
                rules.push(result.index);
                rules.len() - 1
            });
        }
    }
    let mut sink = Sink::new(out);
    sink.text
        .push_str("{\n  \"version\": \"2.1.0\",\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n");
    sink.text.push_str("  \"runs\": [\n    {\n      \"tool\": ");
    let rules: Vec<Value> =
        rules.iter().map(|&at| rule(outcome.controls[at].control, names::of(outcome, at))).collect();
    encode::indented("the tool", &tool(report, &rules), 3, &mut sink.text)?;
    sink.text.push_str(",\n      \"invocations\": ");
    let time = seconds(report.scan.time);
    let invocation = json!([{ "endTimeUtc": time, "executionSuccessful": true, "startTimeUtc": time }]);
    encode::indented("the invocation", &invocation, 3, &mut sink.text)?;
    if report.scan.strict
        && let Some((_, origin)) = failed.first()
    {
        let root = format!("file://{}/", encoded(&origin.file.root.to_string_lossy()));
        sink.text.push_str(",\n      \"originalUriBaseIds\": ");
        encode::indented("the scan root", &json!({ ROOT: { "uri": root } }), 3, &mut sink.text)?;
    }
    sink.text.push_str(",\n      \"results\": [");
    let mut first = true;
    for (resource, origin) in failed {
        let site = sites.of(resource, origin);
        for result in failures(report, resource) {
            sink.text.push_str(if first { "\n        " } else { ",\n        " });
            first = false;
            let found = Found { report, site: &site, origin, resource, result };
            encode::indented(&resource.id, &found.result(places[result.index]), 4, &mut sink.text)?;
            sink.relieve()?;
        }
    }
    sink.text.push_str(if first { "]\n    }\n  ]\n}" } else { "\n      ]\n    }\n  ]\n}" });
    sink.finish()
}

/// The failed controls of a resource.
pub(crate) fn failures<'a>(report: &Report<'a>, resource: &'a Resource) -> impl Iterator<Item = ControlResult<'a>> {
    report.outcome.results(resource).filter(|result| result.verdict.status == Status::Failed)
}

fn tool(report: &Report<'_>, rules: &[Value]) -> Value {
    let version = report.scan.version.trim_start_matches('v');
    json!({ "driver": {
        "informationUri": "https://armosec.io",
        "name": "kubescape",
        "rules": rules,
        "semanticVersion": version,
        "version": report.scan.version,
    } })
}

fn rule(control: &Control, name: &str) -> Value {
    json!({
        "id": control.id,
        "shortDescription": { "text": name },
        "fullDescription": { "text": describe::description(control) },
        "defaultConfiguration": { "level": level(control) },
        "help": { "text": format!("Remediation: {}", describe::remediation(control)) },
        "helpUri": names::link(control.id),
        "properties": { "security-severity": format!("{:.1}", control.base_score) },
    })
}

fn level(control: &Control) -> &'static str {
    match control.severity() {
        Severity::Critical => "error",
        Severity::High | Severity::Medium => "warning",
        Severity::Low | Severity::Unknown => "note",
    }
}

/// A failed control of a resource in a file.
struct Found<'a> {
    report: &'a Report<'a>,
    site: &'a Site<'a>,
    origin: &'a Origin,
    resource: &'a Resource,
    result: ControlResult<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<u32>,
}

impl Region {
    fn at(Position { line, column }: Position) -> Self {
        Self { start_line: line.max(1), start_column: column.max(1), end_line: None, end_column: None }
    }

    fn between(start: Position, end: Position) -> Self {
        Self { end_line: Some(end.line), end_column: Some(end.column), ..Self::at(start) }
    }
}

impl Found<'_> {
    fn result(&self, rule: Option<usize>) -> Value {
        let control = self.result.control().control;
        let mut result = json!({
            "ruleId": control.id,
            "ruleIndex": rule,
            "level": level(control),
            "message": { "text": self.message() },
            "locations": [self.location(self.site.position(&self.result))],
            "partialFingerprints": { "kubescapeFinding/v1": self.fingerprint() },
        });
        let wrong = self.site.wrong(&self.result);
        if !wrong.is_empty() {
            let related = wrong.into_iter().map(|(path, position)| {
                let mut location = self.location(position);
                location["message"] = json!({ "text": path });
                location
            });
            result["relatedLocations"] = related.collect();
        }
        let fixes = self.fixes();
        if !fixes.is_empty() {
            result["fixes"] = fixes.into();
        }
        result
    }

    /// What the control finds, then the fields with what stands there now.
    fn message(&self) -> String {
        let mut text = describe::finding(self.result.control().control);
        for (at, (item, name)) in named_paths(&self.result).into_iter().enumerate() {
            text.push_str(if at == 0 { "\n\nAffected fields:\n" } else { "\n" });
            text.push_str(&name);
            if !self.site.owns(&item) {
                continue;
            }
            if let Some(container) = self.site.container(item.path) {
                let _ = write!(text, " ({container})");
            }
            if let Some(current) = self.site.current(item.path) {
                let _ = write!(text, " (current: {current})");
            }
        }
        text
    }

    fn location(&self, position: Position) -> Value {
        json!({ "physicalLocation": { "artifactLocation": self.file(), "region": Region::at(position) } })
    }

    fn file(&self) -> Value {
        let relative = &self.origin.file.relative;
        if self.report.scan.strict {
            json!({ "uri": encoded(relative), "uriBaseId": ROOT })
        } else {
            json!({ "uri": relative })
        }
    }

    /// Each fix as the change of the file that it makes.
    fn fixes(&self) -> Vec<Value> {
        let Some((document, lines)) = &self.site.document else { return Vec::new() };
        let text = &*document.text;
        let mut known = BTreeSet::new();
        let fixes = self.result.paths().filter(|item| item.kind == PathKind::Fix && self.site.owns(item));
        let edits = fixes.filter_map(|item| edit::set_in(text, lines, &document.tree, item.path, item.value));
        let new = edits.filter(|edit| known.insert((edit.range.start, edit.range.end, edit.text.clone())));
        let fix = new.map(|edit| {
            let region = Region::between(lines.position(text, edit.range.start), lines.position(text, edit.range.end));
            json!({ "artifactChanges": [{
                "artifactLocation": self.file(),
                "replacements": [{ "deletedRegion": region, "insertedContent": { "text": edit.text } }],
            }] })
        });
        fix.collect()
    }

    /// What stays the same about a finding while the file around it changes.
    fn fingerprint(&self) -> String {
        let (control, id) = (self.result.control().control.id, &self.resource.id);
        hex(&Sha256::digest(format!("{control}/{id}/{}", self.origin.file.relative)))
    }
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A path as part of a URI.
fn encoded(path: &str) -> String {
    path.bytes().fold(String::with_capacity(path.len()), |mut text, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => text.push(byte as char),
            other => {
                let _ = write!(text, "%{other:02X}");
            }
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_in_uris() {
        assert_eq!(encoded("a b/ü%.yaml"), "a%20b/%C3%BC%25.yaml");
    }
}
