//! JUnit XML: a suite for each framework, a case for each control.

use crate::describe;
use crate::names;
use crate::number::{exact_compliance, seconds};
use crate::sink::Sink;
use crate::{Report, ReportError};
use ks_policy::{ControlOutcome, Resource, Status};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write;

/// The failed resources of a control, one line each.
type Lines = BTreeSet<String>;

struct Suite<'a> {
    name: &'a str,
    /// What stands before the control id in the name of a case's class.
    class: &'a str,
    compliance: f32,
    /// Numbers and names of the controls.
    controls: Vec<(usize, &'static str)>,
}

/// Writes the report as JUnit XML.
///
/// # Errors
/// When `out` refuses the text.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> Result<(), ReportError> {
    let outcome = report.outcome;
    let mut failed: Vec<Lines> = vec![Lines::new(); outcome.controls.len()];
    for resource in &outcome.resources {
        let mut line = None;
        for result in outcome.results(resource).filter(|result| result.verdict.status == Status::Failed) {
            failed[result.index].insert(line.get_or_insert_with(|| describe_resource(resource)).clone());
        }
    }
    let suites = suites(report);
    let count = |suite: &Suite<'_>, status| {
        suite.controls.iter().filter(|(at, _)| outcome.controls[*at].verdict.status == status).count()
    };
    let tests: usize = suites.iter().map(|suite| suite.controls.len()).sum();
    let failures: usize = suites.iter().map(|suite| count(suite, Status::Failed)).sum();
    let time = seconds(report.scan.time);
    let mut sink = Sink::new(out);
    sink.text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = write!(
        sink.text,
        "<testsuites errors=\"0\" failures=\"{failures}\" tests=\"{tests}\" name=\"Kubescape Scanning\">"
    );
    for (id, suite) in suites.iter().enumerate() {
        let text = &mut sink.text;
        let _ = write!(text, "\n  <testsuite tests=\"{}\"", suite.controls.len());
        attribute("name", suite.name, text);
        let (failures, skipped) = (count(suite, Status::Failed), count(suite, Status::Skipped));
        let _ = write!(text, " errors=\"0\" failures=\"{failures}\" id=\"{id}\" skipped=\"{skipped}\"");
        attribute("timestamp", &time, text);
        text.push_str(">\n    <properties>\n      <property name=\"complianceScore\"");
        attribute("value", &exact_compliance(suite.compliance), text);
        text.push_str("></property>\n    </properties>");
        for &(at, name) in &suite.controls {
            case(&outcome.controls[at], name, suite.class, &failed[at], &mut sink.text);
            sink.relieve()?;
        }
        sink.text.push_str("\n  </testsuite>");
    }
    sink.text.push_str("\n</testsuites>");
    sink.finish()
}

fn suites<'a>(report: &Report<'a>) -> Vec<Suite<'a>> {
    let outcome = report.outcome;
    if outcome.frameworks.is_empty() {
        let controls = (0..outcome.controls.len()).map(|at| (at, names::of(outcome, at))).collect();
        let compliance = outcome.summary.compliance;
        return vec![Suite { name: "kubescape", class: "Kubescape", compliance, controls }];
    }
    let suite = |framework: &'a ks_policy::FrameworkOutcome| {
        let name = framework.name.as_str();
        let named = |&at: &usize| (at, outcome.controls[at].control.title_in(name));
        let controls = framework.controls.iter().map(named).collect();
        Suite { name, class: name, compliance: framework.compliance, controls }
    };
    outcome.frameworks.iter().map(suite).collect()
}

fn case(found: &ControlOutcome, name: &str, class: &str, failed: &Lines, out: &mut String) {
    let control = found.control;
    out.push_str("\n    <testcase");
    attribute("classname", &format!("{class}/{}", control.id), out);
    attribute("name", name, out);
    out.push('>');
    match found.verdict.status {
        Status::Failed => {
            out.push_str("\n      <failure");
            attribute("message", &format!("{name} failed on {} resource(s)", failed.len()), out);
            attribute("type", "Control", out);
            out.push('>');
            let (remedy, link) = (describe::remediation(control), names::link(control.id));
            escape(&format!("Remediation: {remedy}\nMore details: {link}\n"), out);
            for line in failed {
                escape("\n", out);
                escape(line, out);
            }
            out.push_str("</failure>\n    ");
        }
        Status::Skipped => {
            out.push_str("\n      <skipped");
            let parts = [found.verdict.sub.name(), found.info.as_str()];
            let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            attribute("message", &parts.join(": "), out);
            out.push_str("></skipped>\n    ");
        }
        Status::Passed | Status::None => {}
    }
    out.push_str("</testcase>");
}

fn describe_resource(resource: &Resource) -> String {
    let mut line = format!("apiVersion: {}; kind: {}", resource.api_version, resource.kind);
    if !resource.namespace.is_empty() {
        let _ = write!(line, "; namespace: {}", resource.namespace);
    }
    let _ = write!(line, "; name: {}", resource.name);
    if let Some(origin) = &resource.origin {
        let _ = write!(line, "; sourcePath: {}", origin.file.relative);
    }
    line
}

fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(value, out);
    out.push('"');
}

/// Appends a text so that white space survives every reader. What XML cannot carry becomes U+FFFD.
fn escape(text: &str, out: &mut String) {
    let mut plain = 0;
    for (at, c) in text.char_indices() {
        let escape = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&#34;",
            '\'' => "&#39;",
            '\t' => "&#x9;",
            '\n' => "&#xA;",
            '\r' => "&#xD;",
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => "\u{fffd}",
            _ => continue,
        };
        out.push_str(&text[plain..at]);
        out.push_str(escape);
        plain = at + c.len_utf8();
    }
    out.push_str(&text[plain..]);
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn escapes() {
        let mut out = String::new();
        escape("a\n\"<&>'\t\r\u{1}ü", &mut out);
        assert_eq!(out, "a&#xA;&#34;&lt;&amp;&gt;&#39;&#x9;&#xD;\u{fffd}ü");
    }
}
