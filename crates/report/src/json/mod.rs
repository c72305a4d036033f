//! JSON, version 2: the report that other programs read.
//!
//! One line, fields in a fixed order, and written as it is made: numbers first, then the objects as they were set
//! aside, then the results in order of resource ids.

mod exception;
mod metadata;
mod results;
mod summary;

use crate::sink::Sink;
use crate::{Coverage, Report, ReportError, encode};
use ks_object::write_json_str;
use ks_policy::Resource;
pub(crate) use results::Results;
use std::io::Write;

/// Writes the report as JSON, version 2.
///
/// # Errors
/// When `out` refuses the text or an object cannot be read back.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> Result<(), ReportError> {
    let mut sink = Sink::new(out);
    sink.text.push('{');
    head(report, &mut sink.text);
    if !report.scan.omit_raw && !report.outcome.resources.is_empty() {
        sink.text.push_str(",\"resources\":[");
        let mut first = true;
        for one in &report.outcome.resources {
            separate(&mut first, &mut sink.text);
            resource(report, one, &mut sink.text)?;
            sink.relieve()?;
        }
        sink.text.push(']');
    }
    sink.text.push_str(",\"attributes\":null");
    if !report.outcome.resources.is_empty() {
        sink.text.push_str(",\"results\":[");
        let mut results = Results::new(report);
        let mut first = true;
        for one in &report.outcome.resources {
            separate(&mut first, &mut sink.text);
            results.add(one, &mut sink.text)?;
            sink.relieve()?;
        }
        sink.text.push(']');
    }
    tail(report, &mut sink.text)?;
    sink.text.push('}');
    sink.finish()
}

/// The fields before `resources`.
pub(crate) fn head(report: &Report<'_>, out: &mut String) {
    let scan = report.scan;
    out.push_str("\"generationTime\":");
    write_json_str(&crate::number::seconds(scan.time), out);
    out.push_str(",\"clusterAPIServerInfo\":null,\"clusterCloudProvider\":\"\",\"customerGUID\":\"\",\"clusterName\":");
    write_json_str(&scan.cluster, out);
    out.push_str(",\"reportGUID\":");
    write_json_str(&scan.guid, out);
    out.push_str(",\"summaryDetails\":");
    summary::write(report.outcome, out);
}

/// The fields after `results`.
pub(crate) fn tail(report: &Report<'_>, out: &mut String) -> Result<(), ReportError> {
    out.push_str(",\"metadata\":");
    metadata::write(report.scan, out)?;
    let mut first = true;
    for resource in report.outcome.resources.iter().filter(|resource| !resource.labels.is_empty()) {
        out.push_str(if first { ",\"resourceLabels\":{" } else { "," });
        first = false;
        write_json_str(&resource.id, out);
        out.push(':');
        labels(&resource.labels, out);
    }
    if !first {
        out.push('}');
    }
    let coverage = Coverage::of(report.outcome);
    if coverage.has_gaps() {
        out.push_str(",\"scanCoverage\":");
        encode::compact("scan coverage", &coverage, out)?;
    }
    Ok(())
}

fn labels(labels: &[(String, String)], out: &mut String) {
    let mut sorted: Vec<_> = labels.iter().collect();
    sorted.sort_unstable();
    out.push('{');
    let mut first = true;
    for (key, value) in sorted {
        separate(&mut first, out);
        write_json_str(key, out);
        out.push(':');
        write_json_str(value, out);
    }
    out.push('}');
}

/// One object with its source.
pub(crate) fn resource(report: &Report<'_>, resource: &Resource, out: &mut String) -> Result<(), ReportError> {
    out.push_str("{\"resourceID\":");
    write_json_str(&resource.id, out);
    out.push_str(",\"object\":");
    let kept = report.outcome.raw(resource, out);
    if !kept.map_err(|source| ReportError::Object { id: resource.id.clone(), source })? {
        out.push_str("null");
    }
    if let Some(origin) = &resource.origin {
        let file = &origin.file;
        out.push_str(",\"source\":{\"path\":");
        write_json_str(&file.root.to_string_lossy(), out);
        out.push_str(",\"relativePath\":");
        write_json_str(&file.relative, out);
        out.push_str(",\"fileType\":\"");
        out.push_str(file.kind.name());
        out.push_str("\",\"lastCommit\":{\"date\":\"0001-01-01T00:00:00Z\"}}");
    }
    out.push('}');
    Ok(())
}

/// Puts a comma before all but the first item of a list.
pub(crate) fn separate(first: &mut bool, out: &mut String) {
    if !*first {
        out.push(',');
    }
    *first = false;
}
