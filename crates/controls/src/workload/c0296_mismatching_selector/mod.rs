//! Controllers that do not select the pods they make.

use ks_control::{Check, Context, Finding, Match, Rule, Sink};
use ks_object::{Node, Object, labels_match, selector_is_empty, selector_matches};

pub(crate) static RULES: &[&Rule] = &[&MISMATCHING_SELECTOR];

static MISMATCHING_SELECTOR: Rule = Rule::new("mismatching-selector", CONTROLLERS, Check::Object(mismatching_selector));

static CONTROLLERS: &[Match] = &[
    Match::new(&["apps"], &["v1"], &["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"]),
    Match::new(&[""], &["v1"], &["ReplicationController"]),
    Match::new(&["batch"], &["v1"], &["Job", "CronJob"]),
];

fn mismatching_selector<'a>(object: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    let keys: &[&str] = match object.kind() {
        "CronJob" => &["spec", "jobTemplate", "spec", "selector"],
        _ => &["spec", "selector"],
    };
    if let Some(selector) = object.at(keys)
        && let Some(guilty) = mismatch(&object, selector)
    {
        sink.push(Finding::new().failed(guilty.path()));
    }
}

/// The part of the selector that the labels of the pod template do not meet.
fn mismatch<'a>(object: &Object<'a>, selector: Node<'a>) -> Option<Node<'a>> {
    let labels = object.template_labels();
    if object.kind() == "ReplicationController" {
        return (!labels_match(Some(selector), labels)).then_some(selector);
    }
    if selector_is_empty(selector) || selector_matches(selector, labels) {
        return None;
    }
    let by_labels = selector.get("matchLabels").filter(|wanted| !labels_match(Some(*wanted), labels));
    by_labels.or_else(|| selector.get("matchExpressions"))
}
