//! PolicyReport objects of the Kubernetes policy working group: one for each namespace and one for the cluster.

use crate::number::seconds;
use crate::sink::Sink;
use crate::yaml;
use crate::{Report, ReportError, describe, names};
use ks_control::Severity;
use ks_policy::{ControlResult, Resource, Status};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;

/// The longest name that an object may have.
const LONGEST_NAME: usize = 253;
/// The longest value that a label may have.
const LONGEST_LABEL: usize = 63;

/// Writes the report as PolicyReport objects, the cluster's first, then by namespace.
///
/// # Errors
/// When `out` refuses the text.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> Result<(), ReportError> {
    let mut namespaces: BTreeMap<&str, Vec<&Resource>> = BTreeMap::new();
    for resource in &report.outcome.resources {
        namespaces.entry(&resource.namespace).or_default().push(resource);
    }
    let findings = describe::all(report.outcome, describe::finding);
    let mut sink = Sink::new(out);
    for (at, (namespace, resources)) in namespaces.into_iter().enumerate() {
        if at > 0 {
            sink.text.push_str("---\n");
        }
        document(report, namespace, &resources, &findings, &mut sink)?;
    }
    sink.finish()
}

#[derive(Serialize, Default)]
struct Summary {
    error: u32,
    fail: u32,
    pass: u32,
    skip: u32,
    warn: u32,
}

fn document(
    report: &Report<'_>,
    namespace: &str,
    resources: &[&Resource],
    findings: &[String],
    sink: &mut Sink<'_>,
) -> Result<(), ReportError> {
    let cluster = &report.scan.cluster;
    let parts = ["kubescape", cluster, namespace];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let mut metadata = json!({
        "name": sanitized(&parts.join("-"), LONGEST_NAME),
        "labels": { "app.kubernetes.io/managed-by": "kubescape" },
    });
    if !namespace.is_empty() {
        metadata["namespace"] = namespace.into();
    }
    let mut head = json!({
        "apiVersion": "wgpolicyk8s.io/v1alpha2",
        "kind": if namespace.is_empty() { "ClusterPolicyReport" } else { "PolicyReport" },
    });
    if !cluster.is_empty() {
        metadata["labels"]["kubescape.io/cluster"] = sanitized(cluster, LONGEST_LABEL).into();
        head["scope"] = json!({ "apiVersion": "v1", "kind": "Cluster", "name": cluster });
    }
    head["metadata"] = metadata;
    yaml::document("a policy report", &head, &mut sink.text)?;
    sink.text.push_str("results:\n");
    let mut summary = Summary::default();
    for resource in resources {
        for result in report.outcome.results(resource) {
            *match result.verdict.status {
                Status::Failed => &mut summary.fail,
                Status::Skipped | Status::None => &mut summary.skip,
                Status::Passed => &mut summary.pass,
            } += 1;
            yaml::item(&entry(report, resource, &result, &findings[result.index]), 0, &mut sink.text)?;
            sink.relieve()?;
        }
    }
    yaml::document("a policy report", &json!({ "summary": summary }), &mut sink.text)
}

fn entry(report: &Report<'_>, resource: &Resource, result: &ControlResult<'_>, finding: &str) -> Value {
    let control = result.control().control;
    let mut subject = json!({ "apiVersion": *resource.api_version, "kind": *resource.kind, "name": *resource.name });
    if !resource.namespace.is_empty() {
        subject["namespace"] = (*resource.namespace).into();
    }
    let time = report.scan.time;
    let (outcome, message) = match result.verdict.status {
        Status::Failed => ("fail", finding),
        Status::Passed => ("pass", "passed"),
        Status::Skipped | Status::None => ("skip", result.verdict.sub.info()),
    };
    json!({
        "source": "kubescape",
        "policy": control.id,
        "rule": names::of(report.outcome, result.index),
        "severity": severity(control.severity()),
        "result": outcome,
        "message": message,
        // The definition of the resource wants numbers here; clients of the report are used to a text.
        "timestamp": if report.scan.strict {
            json!({ "seconds": time.as_second(), "nanos": 0 })
        } else {
            seconds(time).into()
        },
        "resources": [subject],
        "properties": { "controlURL": names::link(control.id) },
    })
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "critical",
        Severity::High => "high",
        Severity::Medium => "medium",
        Severity::Low => "low",
        Severity::Unknown => "info",
    }
}

/// A text as the name of an object: small letters, digits, dashes and dots, with a letter or digit at both ends.
fn sanitized(text: &str, longest: usize) -> String {
    let fit = |c: char| match c.to_ascii_lowercase() {
        c @ ('a'..='z' | '0'..='9' | '-' | '.') => c,
        _ => '-',
    };
    let name: String = text.chars().map(fit).take(longest).collect();
    name.trim_matches(['-', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_objects() {
        assert_eq!(sanitized("kubescape-Kind_Dev/eu-shop.", LONGEST_NAME), "kubescape-kind-dev-eu-shop");
        assert_eq!(sanitized(&"x".repeat(300), LONGEST_NAME).len(), 253);
    }
}
