//! `results`: what each control says about each resource.
//!
//! Most of a report is the same few texts again and again: that a control passed. They are made once.

use super::exception;
use super::separate;
use super::summary::status;
use crate::{Report, ReportError, names};
use ks_object::write_json_str;
use ks_policy::{ControlResult, Outcome, PathItem, PathKind, Priority, Resource, RuleResult, Verdict};
use std::fmt::Write;

/// Writes results one after the other.
pub(crate) struct Results<'a> {
    outcome: &'a Outcome,
    prioritized: bool,
    controls: Vec<Texts>,
    /// The id of the resource at hand as JSON.
    id: String,
}

/// The texts of a control that do not change from resource to resource.
#[derive(Default)]
struct Texts {
    /// Up to the status.
    begin: String,
    /// After the rules.
    end: String,
    /// Of each rule up to its status, made when the rule is first met.
    rules: Vec<(&'static str, String)>,
    /// The whole control when its only rule passed, made when that first happens.
    passed: Option<String>,
    /// Whether it has one rule.
    single: bool,
}

impl<'a> Results<'a> {
    pub(crate) fn new(report: &Report<'a>) -> Self {
        let outcome = report.outcome;
        let texts = |at: usize| {
            let control = outcome.controls[at].control;
            let mut texts = Texts { single: control.rules.len() == 1, ..Texts::default() };
            texts.begin.push_str("{\"controlID\":");
            write_json_str(control.id, &mut texts.begin);
            texts.begin.push_str(",\"name\":");
            write_json_str(names::of(outcome, at), &mut texts.begin);
            texts.begin.push_str(",\"status\":");
            texts.end.push_str("],\"severity\":\"");
            texts.end.push_str(control.severity().name());
            texts.end.push_str("\"}");
            texts
        };
        Self {
            outcome,
            prioritized: report.scan.prioritized || report.scan.attack_tree,
            controls: (0..outcome.controls.len()).map(texts).collect(),
            id: String::new(),
        }
    }

    /// The result of one resource.
    pub(crate) fn add(&mut self, resource: &'a Resource, out: &mut String) -> Result<(), ReportError> {
        self.id.clear();
        write_json_str(&resource.id, &mut self.id);
        out.push_str("{\"resourceID\":");
        out.push_str(&self.id);
        let mut first = true;
        for result in self.outcome.results(resource) {
            out.push_str(if first { ",\"controls\":[" } else { "," });
            first = false;
            self.control(&result, resource, out)?;
        }
        if !first {
            out.push(']');
        }
        if let Some(priority) = resource.priority.as_deref().filter(|_| self.prioritized) {
            out.push_str(",\"prioritizedResource\":{\"resourceID\":");
            out.push_str(&self.id);
            prioritized(priority, out);
        }
        out.push('}');
        Ok(())
    }

    fn control(
        &mut self,
        result: &ControlResult<'a>,
        resource: &Resource,
        out: &mut String,
    ) -> Result<(), ReportError> {
        let texts = &mut self.controls[result.index];
        if result.verdict != Verdict::PASSED || !texts.single {
            return texts.write(result, resource, &self.id, out);
        }
        if texts.passed.is_none() {
            let mut passed = String::new();
            texts.write(result, resource, &self.id, &mut passed)?;
            texts.passed = Some(passed);
        }
        out.push_str(texts.passed.as_deref().unwrap_or_default());
        Ok(())
    }
}

impl Texts {
    fn write(
        &mut self,
        result: &ControlResult<'_>,
        resource: &Resource,
        id: &str,
        out: &mut String,
    ) -> Result<(), ReportError> {
        out.push_str(&self.begin);
        let error = || result.rules().map(|rule| rule.error()).find(|error| !error.is_empty()).unwrap_or_default();
        let info = match result.verdict.sub.info() {
            "" => error(),
            info => info,
        };
        status(result.verdict, info, out);
        out.push_str(",\"rules\":[");
        let mut first = true;
        for rule in result.rules() {
            separate(&mut first, out);
            self.rule(&rule, resource, id, out)?;
        }
        out.push_str(&self.end);
        Ok(())
    }

    fn rule(
        &mut self,
        rule: &RuleResult<'_>,
        resource: &Resource,
        id: &str,
        out: &mut String,
    ) -> Result<(), ReportError> {
        let name = rule.name();
        let at = self.rules.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
            self.rules.push((name, begin_rule(rule)));
            self.rules.len() - 1
        });
        out.push_str(&self.rules[at].1);
        let _ = write!(out, "{}\",\"subStatus\":\"{}\"", rule.verdict.status.name(), rule.verdict.sub.name());
        if rule.verdict != Verdict::PASSED {
            list("paths", rule.paths(), out, |item, out| path(&item, resource, id, out));
            let mut first = true;
            for one in rule.exceptions() {
                out.push_str(if first { ",\"exception\":[" } else { "," });
                first = false;
                exception::write(&one.policy, out)?;
            }
            if !first {
                out.push(']');
            }
            list("relatedResourcesIDs", rule.related(), out, write_json_str);
        }
        out.push('}');
        Ok(())
    }
}

/// A field with a list, unless the list is empty.
fn list<T>(key: &str, items: impl IntoIterator<Item = T>, out: &mut String, mut each: impl FnMut(T, &mut String)) {
    let mut first = true;
    for item in items {
        if first {
            let _ = write!(out, ",\"{key}\":[");
        } else {
            out.push(',');
        }
        first = false;
        each(item, out);
    }
    if !first {
        out.push(']');
    }
}

fn begin_rule(rule: &RuleResult<'_>) -> String {
    let mut text = String::from("{");
    let mut inputs: Vec<_> = rule.inputs().collect();
    inputs.sort_unstable();
    let mut first = true;
    for (key, values) in inputs {
        text.push_str(if first { "\"controlConfigurations\":{" } else { "," });
        first = false;
        write_json_str(key, &mut text);
        text.push_str(":[");
        let mut first = true;
        for value in values {
            separate(&mut first, &mut text);
            write_json_str(value, &mut text);
        }
        text.push(']');
    }
    if !first {
        text.push_str("},");
    }
    text.push_str("\"name\":");
    write_json_str(rule.name(), &mut text);
    text.push_str(",\"status\":\"");
    text
}

/// Every item has `fixPath`, empty or not: clients follow it without asking.
fn path(item: &PathItem<'_>, resource: &Resource, id: &str, out: &mut String) {
    const NO_FIX: &str = "\"fixPath\":{\"path\":\"\",\"value\":\"\"}";
    out.push_str("{\"resourceID\":");
    if std::ptr::eq(item.resource_id, resource.id.as_str()) {
        out.push_str(id);
    } else {
        write_json_str(item.resource_id, out);
    }
    out.push(',');
    let key = match item.kind {
        PathKind::Failed => "\"failedPath\":",
        PathKind::Review => "\"reviewPath\":",
        PathKind::Delete => "\"deletePath\":",
        PathKind::Fix => {
            out.push_str("\"fixPath\":{\"path\":");
            write_json_str(item.path, out);
            out.push_str(",\"value\":");
            write_json_str(item.value, out);
            out.push_str("}}");
            return;
        }
        PathKind::Command => {
            out.push_str(NO_FIX);
            out.push_str(",\"fixCommand\":");
            write_json_str(item.value, out);
            out.push('}');
            return;
        }
    };
    out.push_str(key);
    write_json_str(item.path, out);
    out.push(',');
    out.push_str(NO_FIX);
    out.push('}');
}

/// The rest of a prioritized resource, after its id.
fn prioritized(priority: &Priority, out: &mut String) {
    list("priorityVector", &priority.vectors, out, |vector, out| {
        out.push_str("{\"attackTrackName\":");
        write_json_str(vector.track, out);
        out.push_str(",\"type\":\"control\"");
        list("vector", &vector.steps, out, |(control, step), out| {
            out.push_str("{\"controlID\":");
            write_json_str(control.id, out);
            out.push_str(",\"category\":");
            write_json_str(step, out);
            out.push_str(",\"tags\":[");
            let mut first = true;
            for tag in control.tags {
                separate(&mut first, out);
                write_json_str(tag, out);
            }
            out.push_str("]}");
        });
        let _ = write!(out, ",\"score\":{},\"severity\":{}}}", vector.score, vector.severity as u8);
    });
    let _ = write!(out, ",\"score\":{},\"severity\":{}}}", priority.score, priority.severity as u8);
}
