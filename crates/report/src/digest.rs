//! What the reports for people have in common: orders, counts and lines about the scan.

use crate::{Report, ScanInfo, number};
use ks_policy::{ControlOutcome, ControlResult, Outcome, Priority, Resource, SkippedDocument, Status};
use std::cmp::Reverse;

/// Indexes of the controls, the worst severity first, then by id.
pub(crate) fn by_severity(outcome: &Outcome) -> Vec<usize> {
    let mut order: Vec<usize> = (0..outcome.controls.len()).collect();
    order.sort_by_key(|&at| (Reverse(outcome.controls[at].control.severity()), outcome.controls[at].control.id));
    order
}

/// What did not pass for a resource: failures first, the worst severity first, then by control id.
pub(crate) fn troubles<'a>(outcome: &'a Outcome, resource: &'a Resource) -> Vec<ControlResult<'a>> {
    let trouble = |result: &ControlResult<'_>| matches!(result.verdict.status, Status::Failed | Status::Skipped);
    let mut results: Vec<_> = outcome.results(resource).filter(trouble).collect();
    results.sort_by_key(|result| {
        let control = result.control().control;
        (Reverse(result.verdict.status), Reverse(control.severity()), control.id)
    });
    results
}

/// The failed resources in the order in which people look for them: by namespace, kind, name, id.
pub(crate) fn failed_resources(outcome: &Outcome) -> Vec<&Resource> {
    let failed = |resource: &&Resource| resource.verdict.status == Status::Failed;
    let mut resources: Vec<&Resource> = outcome.resources.iter().filter(failed).collect();
    resources.sort_by_key(|resource| (&resource.namespace, &resource.kind, &resource.name, &resource.id));
    resources
}

/// The resources whose failures open the most ways to attack, the worst first.
pub(crate) fn highest_stakes(outcome: &Outcome) -> Vec<(&Resource, &Priority)> {
    let mut resources: Vec<(&Resource, &Priority)> =
        outcome.resources.iter().filter_map(|one| Some((one, one.priority.as_deref()?))).collect();
    resources.retain(|(_, priority)| priority.score > 0.0);
    resources.sort_by(|(a, first), (b, second)| second.score.total_cmp(&first.score).then_with(|| a.id.cmp(&b.id)));
    resources
}

/// Why a control was skipped, for people; empty when there is nothing to say.
pub(crate) fn reason(control: &ControlOutcome) -> &str {
    if control.info.is_empty() { control.verdict.sub.info() } else { &control.info }
}

/// How many controls have a status.
pub(crate) fn controls_with(outcome: &Outcome, status: Status) -> usize {
    outcome.controls.iter().filter(|control| control.verdict.status == status).count()
}

/// What kind of thing was scanned, which decides how it is talked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scene {
    /// A live cluster.
    Cluster,
    /// Files.
    Files,
    /// One workload.
    Workload,
}

impl Scene {
    pub(crate) fn of(scan: &ScanInfo) -> Self {
        if scan.workload.is_some() {
            Self::Workload
        } else if scan.inputs.is_empty() {
            Self::Cluster
        } else {
            Self::Files
        }
    }
}

/// What was scanned, as a label and a value.
pub(crate) fn target(scan: &ScanInfo) -> (&'static str, String) {
    match (&scan.workload, Scene::of(scan)) {
        (Some((kind, namespace, name)), _) if namespace.is_empty() => ("Workload", format!("{kind} {name}")),
        (Some((kind, namespace, name)), _) => ("Workload", format!("{kind} {namespace}/{name}")),
        (None, Scene::Cluster) => ("Cluster", scan.cluster.clone()),
        (None, _) => ("Scanned", scan.inputs.join(", ")),
    }
}

/// The frameworks with their scores; empty when controls were asked for by themselves.
pub(crate) fn frameworks(outcome: &Outcome) -> String {
    match outcome.frameworks.as_slice() {
        [] => String::new(),
        [one] => format!("Framework scanned: {}", one.name),
        several => {
            let scored = several
                .iter()
                .map(|one| format!("{} (compliance score: {})", one.name, number::exact_compliance(one.compliance)));
            format!("Frameworks scanned: {}", scored.collect::<Vec<_>>().join(", "))
        }
    }
}

/// Kind, namespace and name as people write them: `Deployment default/web`.
pub(crate) fn title(resource: &Resource) -> String {
    if resource.namespace.is_empty() {
        format!("{} {}", resource.kind, resource.name)
    } else {
        format!("{} {}/{}", resource.kind, resource.namespace, resource.name)
    }
}

/// What a resource is called by its id, also when it is none of the report.
pub(crate) fn title_of(report: &Report<'_>, id: &str) -> String {
    let short = id.rsplit_once("/api=").map_or(id, |(_, rest)| rest);
    report.outcome.resource(id).map_or_else(|| short.to_owned(), title)
}

/// The place and problem of a document that was not judged.
pub(crate) fn unread(skipped: &SkippedDocument) -> (String, &str) {
    let mut place = skipped.path.clone();
    if skipped.line > 0 {
        place.push_str(&format!(":{}", skipped.line));
    }
    if let Some(document) = skipped.document {
        place.push_str(&format!(" (document {})", document + 1));
    }
    (place, &skipped.reason)
}

/// `1 resource`, `2 resources`.
pub(crate) fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}
