//! `summaryDetails`: the scan in numbers.

use super::separate;
use crate::names;
use crate::number::short;
use ks_object::write_json_str;
use ks_policy::{BySeverity, ControlOutcome, Counters, FrameworkOutcome, Outcome, Verdict};
use std::fmt::Write;

/// What scans without images say about vulnerabilities. Clients expect the members to be there.
const NO_VULNERABILITIES: &str = r#"{"mapsSeverityToSummary":{},"CVEs":[],"packageScores":{},"images":null}"#;

pub(super) fn write(outcome: &Outcome, out: &mut String) {
    out.push('{');
    let mut first = true;
    if !outcome.controls.is_empty() {
        out.push_str("\"controls\":{");
        for (at, one) in outcome.controls.iter().enumerate() {
            separate(&mut first, out);
            control(one, names::of(outcome, at), Some(one.control.severity().name()), out);
        }
        out.push_str("},");
    }
    let _ = write!(out, "\"status\":\"{}\",\"frameworks\":", outcome.summary.verdict.status.name());
    if outcome.frameworks.is_empty() {
        out.push_str("null");
    } else {
        out.push('[');
        let mut first = true;
        for one in &outcome.frameworks {
            separate(&mut first, out);
            framework(outcome, one, out);
        }
        out.push(']');
    }
    let summary = &outcome.summary;
    out.push_str(",\"resourcesSeverityCounters\":");
    severities(&summary.failures, out);
    out.push_str(",\"controlsSeverityCounters\":");
    severities(&summary.failed_controls, out);
    out.push(',');
    counters(summary.counters, out);
    let (score, compliance) = (short(summary.score), short(summary.compliance));
    let _ =
        write!(out, ",\"vulnerabilities\":{NO_VULNERABILITIES},\"score\":{score},\"complianceScore\":{compliance}}}");
}

fn framework(outcome: &Outcome, one: &FrameworkOutcome, out: &mut String) {
    out.push('{');
    if !one.controls.is_empty() {
        out.push_str("\"controls\":{");
        let mut first = true;
        for &at in &one.controls {
            separate(&mut first, out);
            let found = &outcome.controls[at];
            control(found, found.control.title_in(&one.name), None, out);
        }
        out.push_str("},");
    }
    out.push_str("\"name\":");
    write_json_str(&one.name, out);
    let _ = write!(out, ",\"status\":\"{}\",\"version\":\"\",", one.verdict.status.name());
    counters(one.counters, out);
    let _ = write!(out, ",\"score\":{},\"complianceScore\":{}}}", short(one.score), short(one.compliance));
}

fn control(one: &ControlOutcome, name: &str, severity: Option<&str>, out: &mut String) {
    let about = one.control;
    write_json_str(about.id, out);
    out.push_str(":{\"statusInfo\":");
    status(one.verdict, &one.info, out);
    out.push_str(",\"controlID\":");
    write_json_str(about.id, out);
    out.push_str(",\"name\":");
    write_json_str(name, out);
    let _ = write!(out, ",\"status\":\"{}\",\"resourceIDs\":{{}},", one.verdict.status.name());
    counters(one.counters, out);
    let (score, compliance) = (short(one.score), short(one.compliance));
    let _ = write!(
        out,
        ",\"subStatusCounters\":{{\"ignoredResources\":{}}},\"score\":{score},\"complianceScore\":{compliance},\"scoreFactor\":{}",
        one.excepted,
        short(about.base_score)
    );
    if let Some(category) = about.category {
        out.push_str(",\"category\":{");
        place(category, out);
        if let Some(sub) = about.sub_category {
            out.push_str(",\"subCategory\":{");
            place(sub, out);
            out.push('}');
        }
        out.push('}');
    }
    if let Some(severity) = severity {
        let _ = write!(out, ",\"severity\":\"{severity}\"");
    }
    out.push('}');
}

fn place((name, id): (&str, &str), out: &mut String) {
    out.push_str("\"name\":");
    write_json_str(name, out);
    out.push_str(",\"id\":");
    write_json_str(id, out);
}

/// A status with what there is to say about it.
pub(super) fn status(verdict: Verdict, info: &str, out: &mut String) {
    let mut first = true;
    out.push('{');
    for (key, value) in [("status", verdict.status.name()), ("subStatus", verdict.sub.name()), ("info", info)] {
        if !value.is_empty() {
            separate(&mut first, out);
            let _ = write!(out, "\"{key}\":");
            write_json_str(value, out);
        }
    }
    out.push('}');
}

fn counters(counters: Counters, out: &mut String) {
    let Counters { passed, failed, skipped } = counters;
    // Resources with exceptions count as passed; the fourth number is from before that and still read by clients.
    let _ = write!(
        out,
        "\"ResourceCounters\":{{\"passedResources\":{passed},\"failedResources\":{failed},\
         \"skippedResources\":{skipped},\"excludedResources\":0}}"
    );
}

fn severities(counts: &BySeverity, out: &mut String) {
    let BySeverity { critical, high, medium, low, .. } = counts;
    let _ = write!(
        out,
        "{{\"criticalSeverity\":{critical},\"highSeverity\":{high},\"mediumSeverity\":{medium},\"lowSeverity\":{low}}}"
    );
}
