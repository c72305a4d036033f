//! Exceptions: failures that somebody accepts.

use jiff::Timestamp;
use ks_control::Control;
use ks_object::{Node, Object};
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An exception as files and reports carry it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(missing_docs, reason = "the fields of a format")]
pub struct ExceptionPolicy {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub guid: String,
    pub name: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, serde_json::Value>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub updated_time: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub policy_type: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub creation_time: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<String>,
    pub resources: Vec<Designator>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub posture_policies: Vec<PosturePolicy>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiration_date: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub created_by: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object_selector: Option<serde_json::Value>,
}

/// Which resources an exception is for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(missing_docs, reason = "the fields of a format")]
pub struct Designator {
    pub designator_type: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub wlid: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub wildwlid: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sid: String,
    pub attributes: BTreeMap<String, String>,
}

/// Which controls an exception is for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(missing_docs, reason = "the fields of a format")]
pub struct PosturePolicy {
    pub framework_name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub control_name: String,
    #[serde(rename = "controlID", skip_serializing_if = "String::is_empty")]
    pub control_id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub rule_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity_score: Option<f64>,
}

/// An exception that is ready to be asked.
#[derive(Debug, Clone)]
pub struct Exception {
    /// As it was given.
    pub policy: ExceptionPolicy,
    designators: Vec<Vec<(String, Pattern)>>,
    controls: Vec<(Option<Pattern>, Option<Pattern>)>,
    selector: Option<ks_object::Tree>,
}

/// A text that is compared as a whole: equal, or matched by the anchored regular expression that it is.
#[derive(Debug, Clone)]
struct Pattern {
    text: String,
    regex: Option<Regex>,
    any_case: bool,
}

impl Pattern {
    fn new(text: &str, any_case: bool) -> Self {
        let flags = if any_case { "(?i)" } else { "" };
        let regex = if text == "*" { Regex::new("") } else { Regex::new(&format!("{flags}^(?:{text})$")) };
        Self { text: text.to_owned(), regex: regex.ok(), any_case }
    }

    fn matches(&self, value: &str) -> bool {
        let equal = if self.any_case { self.text.eq_ignore_ascii_case(value) } else { self.text == value };
        equal || self.regex.as_ref().is_some_and(|regex| regex.is_match(value))
    }
}

/// What an exceptions file cannot be used for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExceptionError {
    /// The text is no list of exceptions.
    #[error("not a list of posture exceptions: {0}")]
    Format(#[from] serde_json::Error),
    /// A date cannot be read.
    #[error("exception {name}: expirationDate {date:?} is no RFC 3339 time")]
    Date {
        /// The exception.
        name: String,
        /// Its date.
        date: String,
    },
}

/// What is left of a list of exceptions, and what to tell about the rest.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Exceptions in force.
    pub exceptions: Vec<Exception>,
    /// Exceptions that have expired.
    pub expired: Vec<ExceptionPolicy>,
    /// What is wrong with some of them, for people.
    pub warnings: Vec<String>,
}

/// Reads a JSON list of exceptions; those that have expired at `now` are set apart.
///
/// # Errors
/// When the text is no such list or a date in it cannot be read.
pub fn load(text: &str, now: Timestamp) -> Result<Loaded, ExceptionError> {
    let policies: Vec<ExceptionPolicy> = serde_json::from_str(text)?;
    let mut loaded = Loaded::default();
    for policy in policies {
        if let Some(date) = policy.expiration_date.as_deref().filter(|date| !date.is_empty()) {
            let bad = |_| ExceptionError::Date { name: policy.name.clone(), date: date.to_owned() };
            if date.parse::<Timestamp>().map_err(bad)? <= now {
                loaded.expired.push(policy);
                continue;
            }
        }
        let exception = Exception::new(policy);
        loaded.warnings.extend(exception.warnings());
        loaded.exceptions.push(exception);
    }
    Ok(loaded)
}

impl Exception {
    /// Prepares an exception.
    #[must_use]
    pub fn new(policy: ExceptionPolicy) -> Self {
        let designators = policy.resources.iter().map(attributes).collect();
        let some = |text: &str| (!text.trim().is_empty()).then(|| Pattern::new(text.trim(), true));
        let control = |one: &PosturePolicy| {
            (some(if one.control_id.is_empty() { &one.control_name } else { &one.control_id }), some(&one.rule_name))
        };
        let controls = policy.posture_policies.iter().map(control).collect();
        let selector = policy.object_selector.as_ref().map(ks_object::from_json);
        Self { policy, designators, controls, selector }
    }

    /// What is wrong with the exception, for people.
    fn warnings(&self) -> Vec<String> {
        let patterns = self.designators.iter().flatten().map(|(_, pattern)| pattern);
        let controls = self.controls.iter().flat_map(|(control, rule)| control.iter().chain(rule));
        let broken = patterns.chain(controls).filter(|pattern| pattern.regex.is_none());
        broken
            .map(|pattern| format!("exception {}: {:?} is no regular expression", self.policy.name, pattern.text))
            .collect()
    }

    /// Whether the exception is for this control.
    #[must_use]
    pub fn covers_control(&self, control: &Control) -> bool {
        let wanted = |(id, rule): &(Option<Pattern>, Option<Pattern>)| {
            id.as_ref().is_none_or(|id| id.matches(control.id) || id.matches(control.title))
                && rule.as_ref().is_none_or(|name| control.rules.iter().any(|rule| name.matches(rule.name)))
        };
        self.controls.is_empty() || self.controls.iter().any(wanted)
    }

    /// Whether the exception is for this resource.
    #[must_use]
    pub fn covers_object(&self, object: &Object<'_>, id: &str, source_path: &str, cluster: &str) -> bool {
        if let Some(selector) = self.selector.as_ref().and_then(ks_object::Tree::root)
            && !ks_object::selector_matches(selector, object.labels())
        {
            return false;
        }
        self.designators.iter().any(|attributes| {
            !attributes.is_empty()
                && attributes.iter().all(|(key, value)| holds(key, value, object, id, source_path, cluster))
        })
    }
}

fn holds(key: &str, value: &Pattern, object: &Object<'_>, id: &str, source_path: &str, cluster: &str) -> bool {
    match key {
        "cluster" => value.matches(cluster),
        "namespace" if object.kind() == "Namespace" => value.matches(object.name().unwrap_or_default()),
        "namespace" => value.matches(object.namespace().unwrap_or_default()),
        "kind" => value.matches(object.kind()),
        "name" => value.matches(object.name().unwrap_or_default()),
        "resourceID" => value.matches(id),
        "path" => value.matches(source_path),
        "containerName" => object.pod().is_some_and(|pod| {
            pod.every_container().iter().any(|container| container.name.is_some_and(|name| value.matches(name)))
        }),
        other => [object.labels(), object.annotations()]
            .into_iter()
            .flatten()
            .filter_map(|map| map.get(other).map(Node::text))
            .any(|text| value.matches(text)),
    }
}

/// The attributes of a designator, those of a workload id included.
fn attributes(designator: &Designator) -> Vec<(String, Pattern)> {
    let id = if designator.wlid.is_empty() { &designator.wildwlid } else { &designator.wlid };
    let mut attributes: Vec<_> =
        designator.attributes.iter().map(|(key, value)| (key.clone(), Pattern::new(value, false))).collect();
    for (at, part) in id.trim_start_matches("wlid://").split('/').filter(|part| !part.is_empty()).enumerate() {
        let (name, value) = part.split_once('-').unwrap_or((part, ""));
        let escaped = regex::escape(value);
        match at {
            0 => attributes.push(("cluster".to_owned(), Pattern::new(&escaped, false))),
            1 => attributes.push(("namespace".to_owned(), Pattern::new(&escaped, false))),
            _ => {
                attributes.push(("kind".to_owned(), Pattern::new(&format!("(?i){}", regex::escape(name)), false)));
                attributes.push(("name".to_owned(), Pattern::new(&escaped, false)));
            }
        }
    }
    attributes
}

/// The exception that an object's own annotations make, if they do and it has not expired at `now`.
#[must_use]
pub fn inline(object: &Object<'_>, id: &str, now: Timestamp) -> Option<Exception> {
    let annotation = |key: &str| object.annotations()?.str_at(&[key]);
    let controls = annotation("kubescape.io/skip-controls")?;
    let expiry = annotation("kubescape.io/skip-expiry");
    if let Some(expiry) = expiry
        && expiry.parse::<Timestamp>().ok()? <= now
    {
        return None;
    }
    let control = |id: &str| PosturePolicy { control_id: id.to_owned(), ..PosturePolicy::default() };
    let posture_policies: Vec<_> = controls.split(',').map(str::trim).filter(|c| !c.is_empty()).map(control).collect();
    if posture_policies.is_empty() {
        return None;
    }
    let mut attributes = BTreeMap::from([("resourceID".to_owned(), regex::escape(id))]);
    for (key, value) in [("kind", Some(object.kind())), ("name", object.name()), ("namespace", object.namespace())] {
        if let Some(value) = value {
            attributes.insert(key.to_owned(), regex::escape(value));
        }
    }
    Some(Exception::new(ExceptionPolicy {
        name: format!("inline-{id}"),
        policy_type: "postureExceptionPolicy".to_owned(),
        actions: vec!["disable".to_owned()],
        resources: vec![Designator { designator_type: "Attributes".to_owned(), attributes, ..Designator::default() }],
        posture_policies,
        reason: annotation("kubescape.io/skip-reason").map(str::to_owned),
        expiration_date: expiry.map(str::to_owned),
        ..ExceptionPolicy::default()
    }))
}
