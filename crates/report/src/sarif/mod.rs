//! SARIF 2.1.0: one run, one result for each failed control of each resource in a file.

mod format;

use crate::number::seconds;
use crate::sink::Sink;
use crate::site::{Site, Sites, named_paths};
use crate::{Report, ReportError, describe, edit, encode, names};
use format::{
    ArtifactChange, ArtifactLocation, Configuration, Driver, Finding, Fingerprints, Fix, Invocation, Location,
    PhysicalLocation, Properties, Region, Replacement, Rule, Text, Tool,
};
use ks_control::{Control, Severity};
use ks_object::{Origin, Position};
use ks_policy::{ControlResult, PathKind, Resource, Status};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
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
    let mut rules: Vec<Rule> = Vec::new();
    let mut places: Vec<Option<usize>> = vec![None; outcome.controls.len()];
    for (resource, _) in &failed {
        for result in failures(report, resource) {
            places[result.index].get_or_insert_with(|| {
                rules.push(rule(result.control().control, names::of(outcome, result.index)));
                rules.len() - 1
            });
        }
    }
    let mut sink = Sink::new(out);
    sink.text.push_str("{\n  \"version\": \"2.1.0\",\n");
    sink.text.push_str("  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n");
    sink.text.push_str("  \"runs\": [\n    {\n      \"tool\": ");
    let (information_uri, name) = ("https://armosec.io", "kubescape");
    let tool = Tool { driver: Driver { information_uri, name, version: report.scan.version, rules } };
    encode::indented("the tool", &tool, 3, &mut sink.text)?;
    let time = seconds(report.scan.time);
    let invocation = Invocation { end_time_utc: &time, execution_successful: true, start_time_utc: &time };
    sink.text.push_str(",\n      \"invocations\": ");
    encode::indented("the invocation", &[invocation], 3, &mut sink.text)?;
    if report.scan.strict
        && let Some((_, origin)) = failed.first()
    {
        let uri = format!("file://{}/", encoded(&origin.file.root.to_string_lossy()));
        let root = BTreeMap::from([(ROOT, ArtifactLocation { uri, uri_base_id: None })]);
        sink.text.push_str(",\n      \"originalUriBaseIds\": ");
        encode::indented("the scan root", &root, 3, &mut sink.text)?;
    }
    let texts = describe::all(outcome, describe::finding);
    sink.text.push_str(",\n      \"results\": [");
    let mut first = true;
    for (resource, origin) in failed {
        let site = sites.of(resource, origin);
        for result in failures(report, resource) {
            sink.text.push_str(if first { "\n        " } else { ",\n        " });
            first = false;
            let rule = places[result.index].unwrap_or_default();
            let failure = Failure { report, site: &site, origin, resource, result, text: &texts[result.index] };
            encode::indented(&resource.id, &failure.finding(rule), 4, &mut sink.text)?;
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

fn rule(control: &'static Control, name: &str) -> Rule {
    Rule {
        id: control.id,
        short_description: Text::of(name),
        full_description: Text::of(describe::description(control)),
        default_configuration: Configuration { level: level(control) },
        help: Text::of(format!("Remediation: {}", describe::remediation(control))),
        help_uri: names::link(control.id),
        properties: Properties { security_severity: format!("{:.1}", control.base_score) },
    }
}

fn level(control: &Control) -> &'static str {
    match control.severity() {
        Severity::Critical => "error",
        Severity::High | Severity::Medium => "warning",
        Severity::Low | Severity::Unknown => "note",
    }
}

/// A failed control of a resource in a file.
struct Failure<'a> {
    report: &'a Report<'a>,
    site: &'a Site<'a>,
    origin: &'a Origin,
    resource: &'a Resource,
    result: ControlResult<'a>,
    /// What the control finds.
    text: &'a str,
}

impl Failure<'_> {
    fn finding(&self, rule_index: usize) -> Finding {
        let control = self.result.control().control;
        let related = self.site.wrong(&self.result).into_iter().map(|(path, position)| {
            let message = Some(Text::of(path));
            Location { message, ..self.location(position) }
        });
        Finding {
            rule_id: control.id,
            rule_index,
            level: level(control),
            message: Text::of(self.message()),
            locations: [self.location(self.site.position(&self.result))],
            partial_fingerprints: Fingerprints { finding: self.fingerprint() },
            related_locations: related.collect(),
            fixes: self.fixes(),
        }
    }

    /// What the control finds, then the fields with what stands there now.
    fn message(&self) -> String {
        let mut text = self.text.to_owned();
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

    fn location(&self, position: Position) -> Location {
        let region = Region::at(position);
        Location { physical_location: PhysicalLocation { artifact_location: self.file(), region }, message: None }
    }

    fn file(&self) -> ArtifactLocation {
        let relative = &self.origin.file.relative;
        if self.report.scan.strict {
            ArtifactLocation { uri: encoded(relative), uri_base_id: Some(ROOT) }
        } else {
            ArtifactLocation { uri: relative.clone(), uri_base_id: None }
        }
    }

    /// Each fix as the change of the file that it makes.
    fn fixes(&self) -> Vec<Fix> {
        let Some((document, lines)) = &self.site.document else { return Vec::new() };
        let text = &*document.text;
        let mut known = BTreeSet::new();
        let fixes = self.result.paths().filter(|item| item.kind == PathKind::Fix && self.site.owns(item));
        let edits = fixes.filter_map(|item| edit::set_in(text, lines, &document.tree, item.path, item.value));
        let new = edits.filter(|edit| known.insert((edit.range.start, edit.range.end, edit.text.clone())));
        let fix = new.map(|edit| {
            let position = |offset: usize| lines.position(text, offset);
            let deleted_region = Region::between(position(edit.range.start), position(edit.range.end));
            let replacements = [Replacement { deleted_region, inserted_content: Text::of(edit.text) }];
            Fix { artifact_changes: [ArtifactChange { artifact_location: self.file(), replacements }] }
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
