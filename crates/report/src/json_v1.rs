//! JSON, version 1: reports of frameworks, as the first releases wrote them. Only failures are listed.

use crate::sink::Sink;
use crate::{Report, ReportError, describe, encode};
use ks_control::Rule;
use ks_policy::{ControlOutcome, Counters, FrameworkOutcome, PathItem, PathKind, Resource, RuleResult, Status};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;

/// What failed of a control, by the names of its rules.
type Failures<'a> = BTreeMap<&'static str, Vec<(&'a Resource, RuleResult<'a>)>>;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Totals {
    total_resources: u32,
    failed_resources: u32,
    warning_resources: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ControlReport<'a> {
    guid: &'static str,
    name: &'static str,
    id: &'static str,
    #[serde(rename = "controlID")]
    control_id: &'static str,
    rule_reports: Vec<RuleReport<'a>>,
    remediation: &'a str,
    description: String,
    score: f32,
    base_score: f32,
    #[serde(flatten)]
    totals: Totals,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RuleReport<'a> {
    name: &'static str,
    remediation: &'a str,
    rule_status: RuleStatus,
    rule_responses: Vec<Response<'a>>,
    #[serde(rename = "listInputIDs")]
    list_input_ids: Option<()>,
    #[serde(flatten)]
    totals: Totals,
}

#[derive(Serialize)]
struct RuleStatus {
    status: &'static str,
    message: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Response<'a> {
    alert_message: &'a str,
    failed_paths: Vec<&'a str>,
    review_paths: Vec<&'a str>,
    delete_paths: Vec<&'a str>,
    fix_paths: Vec<FixPath<'a>>,
    rule_status: &'static str,
    packagename: &'static str,
    alert_score: f32,
    alert_object: AlertObject,
    rulename: &'static str,
}

#[derive(Serialize)]
struct FixPath<'a> {
    path: &'a str,
    value: &'a str,
}

#[derive(Serialize)]
struct AlertObject {
    #[serde(rename = "k8sApiObjects")]
    objects: [Value; 1],
}

/// Writes the report as JSON, version 1: an object, or a list of them when several frameworks were asked for.
///
/// # Errors
/// When `out` refuses the text or an object cannot be read back.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> Result<(), ReportError> {
    let outcome = report.outcome;
    let mut failures: Vec<Failures<'_>> = vec![Failures::new(); outcome.controls.len()];
    for resource in &outcome.resources {
        for result in outcome.results(resource) {
            for rule in result.rules().filter(|rule| rule.verdict.status == Status::Failed) {
                failures[result.index].entry(rule.name()).or_default().push((resource, rule));
            }
        }
    }
    let mut sink = Sink::new(out);
    let writer = Writer { report, failures: &failures };
    match outcome.frameworks.as_slice() {
        [] => {
            let summary = &outcome.summary;
            writer.controls("", summary.score, summary.counters, 0..outcome.controls.len(), &mut sink)?;
        }
        [one] => writer.framework(one, &mut sink)?,
        several => {
            for (at, one) in several.iter().enumerate() {
                sink.text.push(if at == 0 { '[' } else { ',' });
                writer.framework(one, &mut sink)?;
            }
            sink.text.push(']');
        }
    }
    sink.finish()
}

struct Writer<'a> {
    report: &'a Report<'a>,
    failures: &'a [Failures<'a>],
}

impl Writer<'_> {
    fn framework(&self, one: &FrameworkOutcome, sink: &mut Sink<'_>) -> Result<(), ReportError> {
        self.controls(&one.name, one.score, one.counters, one.controls.iter().copied(), sink)
    }

    fn controls(
        &self,
        name: &str,
        score: f32,
        counters: Counters,
        controls: impl Iterator<Item = usize>,
        sink: &mut Sink<'_>,
    ) -> Result<(), ReportError> {
        sink.text.push_str("{\"name\":");
        encode::compact("a name", &name, &mut sink.text)?;
        sink.text.push_str(",\"controlReports\":[");
        for (index, at) in controls.enumerate() {
            if index > 0 {
                sink.text.push(',');
            }
            self.control(name, &self.report.outcome.controls[at], &self.failures[at], &mut sink.text)?;
            sink.relieve()?;
        }
        sink.text.push_str("],\"score\":");
        encode::compact("a score", &score, &mut sink.text)?;
        let mut totals = String::new();
        encode::compact("a framework", &Totals::of(counters), &mut totals)?;
        // The totals are fields of the framework itself.
        sink.text.push(',');
        sink.text.push_str(totals.trim_start_matches('{'));
        Ok(())
    }

    fn control(
        &self,
        framework: &str,
        found: &ControlOutcome,
        failures: &Failures<'_>,
        out: &mut String,
    ) -> Result<(), ReportError> {
        let control = found.control;
        let (remediation, finding) = (describe::remediation(control), describe::finding(control));
        let rule_report = |rule: &&'static Rule| {
            let failed = failures.get(rule.name).map(Vec::as_slice).unwrap_or_default();
            let responses = failed.iter().map(|(resource, rule)| self.response(found, &finding, resource, rule));
            Ok(RuleReport {
                name: rule.name,
                remediation: &remediation,
                rule_status: RuleStatus { status: "success", message: "" },
                rule_responses: responses.collect::<Result<_, ReportError>>()?,
                list_input_ids: None,
                totals: Totals {
                    failed_resources: u32::try_from(failed.len()).unwrap_or(u32::MAX),
                    ..Totals::of(found.counters)
                },
            })
        };
        let report = ControlReport {
            guid: "",
            name: control.title_in(framework),
            id: control.id,
            control_id: control.id,
            rule_reports: control.rules.iter().map(rule_report).collect::<Result<_, ReportError>>()?,
            remediation: &remediation,
            description: describe::description(control),
            score: found.score,
            base_score: control.base_score,
            totals: Totals::of(found.counters),
        };
        encode::compact(control.id, &report, out)
    }

    fn response<'r>(
        &self,
        found: &ControlOutcome,
        finding: &'r str,
        resource: &Resource,
        rule: &RuleResult<'r>,
    ) -> Result<Response<'r>, ReportError> {
        let own: Vec<PathItem<'r>> = rule.paths().filter(|item| item.resource_id == resource.id).collect();
        let of = |kind: PathKind| own.iter().filter(move |item| item.kind == kind);
        let paths = |kind: PathKind| of(kind).map(|item| item.path).collect();
        Ok(Response {
            alert_message: finding,
            failed_paths: paths(PathKind::Failed),
            review_paths: paths(PathKind::Review),
            delete_paths: paths(PathKind::Delete),
            fix_paths: of(PathKind::Fix).map(|item| FixPath { path: item.path, value: item.value }).collect(),
            rule_status: "failed",
            packagename: "armo_builtins",
            alert_score: found.control.base_score,
            alert_object: AlertObject { objects: [self.object(resource)?] },
            rulename: rule.name(),
        })
    }

    /// The object without its spec, or the little that is known when it was not kept.
    fn object(&self, resource: &Resource) -> Result<Value, ReportError> {
        let mut text = String::new();
        let failed = |source| ReportError::Object { id: resource.id.clone(), source };
        if self.report.scan.omit_raw || !self.report.outcome.raw(resource, &mut text).map_err(failed)? {
            return Ok(json!({
                "apiVersion": *resource.api_version,
                "kind": *resource.kind,
                "metadata": { "name": *resource.name, "namespace": *resource.namespace },
            }));
        }
        let failed = |source| ReportError::Encode { part: resource.id.clone(), source };
        let mut object: Value = serde_json::from_str(&text).map_err(failed)?;
        if let Some(fields) = object.as_object_mut() {
            fields.remove("spec");
        }
        Ok(object)
    }
}

impl Totals {
    const fn of(counters: Counters) -> Self {
        Self { total_resources: counters.all(), failed_resources: counters.failed, warning_resources: counters.skipped }
    }
}
