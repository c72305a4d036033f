//! JSON, version 1: reports of frameworks, as the first releases wrote them. Only failures are listed.

use crate::number::value;
use crate::sink::Sink;
use crate::{Report, ReportError, describe, encode};
use ks_policy::{ControlOutcome, Counters, FrameworkOutcome, PathItem, PathKind, Resource, RuleResult, Status};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;

/// What failed of a control, by the names of its rules.
type Failures<'a> = BTreeMap<&'static str, Vec<(&'a Resource, RuleResult<'a>)>>;

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
        [] => writer.controls(
            "",
            outcome.summary.score,
            outcome.summary.counters,
            0..outcome.controls.len(),
            &mut sink,
        )?,
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
            let control = self.control(name, &self.report.outcome.controls[at], &self.failures[at])?;
            encode::compact("a control", &control, &mut sink.text)?;
            sink.relieve()?;
        }
        let mut rest = String::new();
        encode::compact("a framework", &with_totals(json!({ "score": value(score) }), counters), &mut rest)?;
        sink.text.push_str("],");
        sink.text.push_str(&rest[1..]);
        Ok(())
    }

    fn control(&self, framework: &str, found: &ControlOutcome, failures: &Failures<'_>) -> Result<Value, ReportError> {
        let control = found.control;
        let remediation = describe::remediation(control);
        let mut rules = Vec::with_capacity(control.rules.len());
        for rule in control.rules {
            let failed = failures.get(rule.name).map(Vec::as_slice).unwrap_or_default();
            let responses: Result<Vec<Value>, ReportError> =
                failed.iter().map(|(resource, rule)| self.response(found, resource, rule)).collect();
            let failed_count = u32::try_from(failed.len()).unwrap_or(u32::MAX);
            let counters = Counters { failed: failed_count, ..found.counters };
            let report = json!({
                "name": rule.name,
                "remediation": remediation,
                "ruleStatus": { "status": "success", "message": "" },
                "ruleResponses": responses?,
                "listInputIDs": null,
            });
            rules.push(with_totals(report, counters));
        }
        let report = json!({
            "guid": "",
            "name": control.title_in(framework),
            "id": control.id,
            "controlID": control.id,
            "ruleReports": rules,
            "remediation": remediation,
            "description": describe::description(control),
            "score": value(found.score),
            "baseScore": value(control.base_score),
        });
        Ok(with_totals(report, found.counters))
    }

    fn response(
        &self,
        found: &ControlOutcome,
        resource: &Resource,
        rule: &RuleResult<'_>,
    ) -> Result<Value, ReportError> {
        let own: Vec<PathItem<'_>> = rule.paths().filter(|item| item.resource_id == resource.id).collect();
        let paths = |kind: PathKind| -> Vec<&str> {
            own.iter().filter(|item| item.kind == kind).map(|item| item.path).collect()
        };
        let fixes = own.iter().filter(|item| item.kind == PathKind::Fix);
        let fixes: Vec<Value> = fixes.map(|item| json!({ "path": item.path, "value": item.value })).collect();
        Ok(json!({
            "alertMessage": describe::finding(found.control),
            "failedPaths": paths(PathKind::Failed),
            "reviewPaths": paths(PathKind::Review),
            "deletePaths": paths(PathKind::Delete),
            "fixPaths": fixes,
            "ruleStatus": "failed",
            "packagename": "armo_builtins",
            "alertScore": value(found.control.base_score),
            "alertObject": { "k8sApiObjects": [self.object(resource)?] },
            "rulename": rule.name(),
        }))
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

fn with_totals(mut report: Value, counters: Counters) -> Value {
    report["totalResources"] = counters.all().into();
    report["failedResources"] = counters.failed.into();
    report["warningResources"] = counters.skipped.into();
    report
}
