//! Metrics in Prometheus' text format.

use crate::number::whole_compliance;
use crate::sink::Sink;
use crate::{Coverage, Report, ReportError, names};
use ks_policy::{Counters, Outcome, Resource, Status};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Write;

/// A family of samples: its name, what it says in strict reports, and its samples.
struct Family<'a> {
    name: &'a str,
    help: &'a str,
    samples: Vec<(String, i64)>,
}

/// Writes the report as metrics.
///
/// # Errors
/// When `out` refuses the text.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> Result<(), ReportError> {
    let mut sink = Sink::new(out);
    cluster(report, &mut sink)?;
    frameworks(report, &mut sink)?;
    controls(report, &mut sink)?;
    resources(report, &mut sink)?;
    let score = whole_compliance(report.outcome.summary.compliance);
    let _ = writeln!(
        sink.text,
        "# HELP kubescape_score Overall compliance score (100 Excellent, 0 All failed)\n\
         # TYPE kubescape_score gauge\nkubescape_score {score}"
    );
    if report.scan.strict {
        let time = report.scan.time.as_second();
        let _ = writeln!(
            sink.text,
            "# HELP kubescape_scan_timestamp_seconds When the scan was made, in seconds since 1970\n\
             # TYPE kubescape_scan_timestamp_seconds gauge\nkubescape_scan_timestamp_seconds {time}"
        );
    }
    sink.finish()
}

/// The three counts of every kind of thing, in the order of their families.
fn split(counters: Counters) -> [(&'static str, u32); 3] {
    [("failed", counters.failed), ("skipped", counters.skipped), ("passed", counters.passed)]
}

/// What happened to things of a status, for people.
fn said(status: &str) -> &str {
    if status == "skipped" { "were skipped" } else { status }
}

fn cluster(report: &Report<'_>, sink: &mut Sink<'_>) -> Result<(), ReportError> {
    let outcome = report.outcome;
    let one = |value: i64| vec![(String::new(), value)];
    let compliance = i64::from(whole_compliance(outcome.summary.compliance));
    family(
        report,
        sink,
        "kubescape_cluster_complianceScore",
        "Compliance score of the whole scan, 0 to 100",
        one(compliance),
    )?;
    for (status, count) in split(outcome.summary.counters) {
        let (name, help) =
            (format!("kubescape_cluster_count_resources_{status}"), format!("Resources that {}", said(status)));
        family(report, sink, &name, &help, one(count.into()))?;
    }
    for (status, count) in split(statuses(outcome, 0..outcome.controls.len())) {
        let (name, help) =
            (format!("kubescape_cluster_count_control_{status}"), format!("Controls that {}", said(status)));
        family(report, sink, &name, &help, one(count.into()))?;
    }
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and 100")]
    let coverage = Coverage::of(outcome).score.floor() as i64;
    family(
        report,
        sink,
        "kubescape_cluster_coverage_score",
        "How much of what was asked for was judged, 0 to 100",
        one(coverage),
    )
}

fn frameworks(report: &Report<'_>, sink: &mut Sink<'_>) -> Result<(), ReportError> {
    let outcome = report.outcome;
    let samples = |value: &dyn Fn(&ks_policy::FrameworkOutcome) -> i64| {
        let sample = |one: &ks_policy::FrameworkOutcome| (labels(&[("name", &one.name)]), value(one));
        outcome.frameworks.iter().map(sample).collect()
    };
    let compliance = samples(&|one| whole_compliance(one.compliance).into());
    family(
        report,
        sink,
        "kubescape_framework_complianceScore",
        "Compliance score of a framework, 0 to 100",
        compliance,
    )?;
    for (at, status) in ["failed", "skipped", "passed"].into_iter().enumerate() {
        let (name, help) = (
            format!("kubescape_framework_count_resources_{status}"),
            format!("Resources of a framework that {}", said(status)),
        );
        family(report, sink, &name, &help, samples(&|one| split(one.counters)[at].1.into()))?;
    }
    for (at, status) in ["failed", "skipped", "passed"].into_iter().enumerate() {
        let (name, help) = (
            format!("kubescape_framework_count_control_{status}"),
            format!("Controls of a framework that {}", said(status)),
        );
        let count = |one: &ks_policy::FrameworkOutcome| split(statuses(outcome, one.controls.iter().copied()))[at].1;
        family(report, sink, &name, &help, samples(&|one| count(one).into()))?;
    }
    Ok(())
}

fn controls(report: &Report<'_>, sink: &mut Sink<'_>) -> Result<(), ReportError> {
    let outcome = report.outcome;
    let label = |at: usize| {
        let control = outcome.controls[at].control;
        let (severity, link) = (control.severity().name(), names::link(control.id));
        let mut pairs = vec![("name", names::of(outcome, at)), ("severity", severity), ("link", &link)];
        // Two controls may share a name and a link never tells them apart for people.
        if report.scan.strict {
            pairs.push(("controlID", control.id));
        }
        labels(&pairs)
    };
    let known: Vec<String> = (0..outcome.controls.len()).map(label).collect();
    let scored = known.iter().zip(&outcome.controls).filter(|(_, one)| one.compliance >= 0.0);
    let samples = scored.map(|(label, one)| (label.clone(), whole_compliance(one.compliance).into())).collect();
    family(report, sink, "kubescape_control_complianceScore", "Compliance score of a control, 0 to 100", samples)?;
    for (at, status) in ["failed", "skipped", "passed"].into_iter().enumerate() {
        let (name, help) = (
            format!("kubescape_control_count_resources_{status}"),
            format!("Resources of a control that {}", said(status)),
        );
        let samples = known.iter().zip(&outcome.controls);
        let samples = samples.map(|(label, one)| (label.clone(), split(one.counters)[at].1.into())).collect();
        family(report, sink, &name, &help, samples)?;
    }
    Ok(())
}

fn resources(report: &Report<'_>, sink: &mut Sink<'_>) -> Result<(), ReportError> {
    let outcome = report.outcome;
    let label = |one: &Resource| {
        labels(&[
            ("apiVersion", &one.api_version),
            ("kind", &one.kind),
            ("namespace", &one.namespace),
            ("name", &one.name),
        ])
    };
    for (status, name) in [(Status::Failed, "failed"), (Status::Skipped, "skipped")] {
        let count = |one: &Resource| outcome.results(one).filter(|result| result.verdict.status == status).count();
        let samples = outcome.resources.iter().map(|one| (label(one), i64::try_from(count(one)).unwrap_or(i64::MAX)));
        let (family_name, help) = (
            format!("kubescape_resource_count_controls_{name}"),
            format!("Controls of a resource that {}", said(name)),
        );
        family(report, sink, &family_name, &help, samples.collect())?;
    }
    Ok(())
}

fn statuses(outcome: &Outcome, controls: impl IntoIterator<Item = usize>) -> Counters {
    let mut counters = Counters::default();
    for at in controls {
        match outcome.controls[at].verdict.status {
            Status::Failed => counters.failed += 1,
            Status::Skipped => counters.skipped += 1,
            Status::Passed => counters.passed += 1,
            Status::None => {}
        }
    }
    counters
}

fn family(
    report: &Report<'_>,
    sink: &mut Sink<'_>,
    name: &str,
    help: &str,
    samples: Vec<(String, i64)>,
) -> Result<(), ReportError> {
    Family { name, help, samples }.write(report.scan.strict, sink)
}

impl Family<'_> {
    fn write(self, strict: bool, sink: &mut Sink<'_>) -> Result<(), ReportError> {
        let name = self.name;
        if self.samples.is_empty() {
            return Ok(());
        }
        let help = if strict { self.help } else { name };
        let _ = writeln!(sink.text, "# HELP {name} {help}\n# TYPE {name} gauge");
        for (labels, value) in if strict { merged(self.samples) } else { self.samples } {
            let _ = writeln!(sink.text, "{name}{{{labels}}} {value}");
            sink.relieve()?;
        }
        Ok(())
    }
}

/// Samples with equal labels made one, for Prometheus refuses repeats: their sum, where the first of them stood.
fn merged(samples: Vec<(String, i64)>) -> Vec<(String, i64)> {
    let mut known: HashMap<String, usize> = HashMap::with_capacity(samples.len());
    let mut merged: Vec<(String, i64)> = Vec::with_capacity(samples.len());
    for (labels, value) in samples {
        match known.get(&labels) {
            Some(&at) => merged[at].1 += value,
            None => {
                known.insert(labels.clone(), merged.len());
                merged.push((labels, value));
            }
        }
    }
    merged
}

fn labels(pairs: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (key, value) in pairs {
        if !text.is_empty() {
            text.push(',');
        }
        let _ = write!(text, "{key}=\"");
        for c in value.chars() {
            match c {
                '\\' => text.push_str("\\\\"),
                '"' => text.push_str("\\\""),
                '\n' => text.push_str("\\n"),
                c => text.push(c),
            }
        }
        text.push('"');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn label_values_are_escaped() {
        assert_eq!(labels(&[("a", "x\"\\\n"), ("b", "")]), r#"a="x\"\\\n",b="""#);
    }

    #[test]
    fn equal_labels_become_one_sample() {
        let sample = |labels: &str, value| (labels.to_owned(), value);
        assert_eq!(merged(vec![sample("a", 1), sample("b", 2), sample("a", 3)]), [sample("a", 4), sample("b", 2)]);
    }
}
