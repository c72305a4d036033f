//! How much of what was asked for was judged.

use ks_policy::{Outcome, SubStatus};
use serde::Serialize;

/// How much of what was asked for was judged, as reports carry it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Coverage {
    /// Kinds that could not be listed at all. Only live clusters have such.
    #[serde(rename = "failedGVRPulls")]
    failed_pulls: [(); 0],
    /// Controls that got no answer.
    not_evaluated_controls: Vec<NotEvaluated>,
    /// Kinds that could be listed in part. Only live clusters have such.
    #[serde(rename = "partialGVRPulls")]
    partial_pulls: [(); 0],
    /// Policy inputs that a fallback stands in for.
    policy_degradations: Vec<Degradation>,
    /// 0 to 100.
    #[serde(rename = "coverageScore")]
    pub score: f32,
    /// Controls that got an answer.
    #[serde(rename = "evaluatedControls")]
    pub evaluated: u32,
    /// Controls that were chosen.
    #[serde(rename = "totalControls")]
    pub total: u32,
    /// Whether the score is below 100.
    pub degraded: bool,
    /// Frameworks none of whose controls found anything to look at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vacuous_frameworks: Vec<String>,
    /// Documents that were not judged.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    skipped_documents: Vec<Skipped>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct NotEvaluated {
    #[serde(rename = "controlID")]
    control_id: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    reason: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Degradation {
    component: String,
    reason: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Skipped {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<u32>,
    #[serde(skip_serializing_if = "is_zero")]
    line: u32,
    reason: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde wants a reference")]
fn is_zero(line: &u32) -> bool {
    *line == 0
}

impl Coverage {
    /// The coverage of a scan.
    #[must_use]
    pub fn of(outcome: &Outcome) -> Self {
        let unanswered = outcome.controls.iter().filter(|control| control.verdict.sub == SubStatus::NotEvaluated);
        let vacuous = outcome.frameworks.iter().filter(|framework| {
            !framework.controls.is_empty()
                && framework.controls.iter().all(|&at| outcome.controls[at].counters.all() == 0)
        });
        let total = u32::try_from(outcome.controls.len()).unwrap_or(u32::MAX);
        let evaluated = outcome.summary.evaluated.min(total);
        let score = outcome.coverage_score();
        Self {
            failed_pulls: [],
            not_evaluated_controls: unanswered
                .map(|one| NotEvaluated { control_id: one.control.id, reason: one.info.clone() })
                .collect(),
            partial_pulls: [],
            policy_degradations: outcome
                .degradations
                .iter()
                .map(|(component, reason)| Degradation { component: component.clone(), reason: reason.clone() })
                .collect(),
            score,
            evaluated,
            total,
            degraded: score < 100.0,
            vacuous_frameworks: vacuous.map(|framework| framework.name.clone()).collect(),
            skipped_documents: outcome
                .skipped
                .iter()
                .map(|one| Skipped {
                    path: one.path.clone(),
                    document: one.document,
                    line: one.line,
                    reason: one.reason.clone(),
                })
                .collect(),
        }
    }

    /// Whether anything was left out, so that a report has to say so.
    #[must_use]
    pub fn has_gaps(&self) -> bool {
        !self.not_evaluated_controls.is_empty()
            || !self.policy_degradations.is_empty()
            || !self.vacuous_frameworks.is_empty()
            || !self.skipped_documents.is_empty()
    }
}
