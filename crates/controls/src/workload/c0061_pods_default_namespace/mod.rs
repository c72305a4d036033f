//! Workloads in the namespace `default`, or in none.

use ks_control::{Check, Context, Finding, Rule, Sink, WORKLOADS};
use ks_object::{Object, Path};

pub(crate) static RULES: &[&Rule] = &[&DEFAULT_NAMESPACE];

/// Also part of C-0212.
pub(crate) static DEFAULT_NAMESPACE: Rule =
    Rule::new("pods-in-default-namespace", WORKLOADS, Check::Object(default_namespace));

/// Reports an object in the namespace `default`, or in none.
pub(crate) fn default_namespace<'a>(object: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    match object.at(&["metadata", "namespace"]) {
        Some(namespace) if namespace.str() == Some("default") => sink.push(Finding::new().review(namespace.path())),
        Some(namespace) if namespace.truthy() => {}
        _ => sink.push(Finding::new().set(Path::root().fields("metadata.namespace"), "YOUR_NAMESPACE")),
    }
}
