//! Pods that name their service account in the field that went out of use.

use ks_control::{Check, Context, Finding, Rule, Sink, WORKLOADS_AND_RC};
use ks_object::Pod;

pub(crate) static RULES: &[&Rule] = &[&DEPRECATED_FIELD];

static DEPRECATED_FIELD: Rule =
    Rule::new("deprecated-service-account-field", WORKLOADS_AND_RC, Check::Pod(deprecated_field));

/// The API server fills in both fields alike, so equal values are no fault. An empty `serviceAccountName` is both
/// unset and different.
fn deprecated_field<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    let Some(old) = pod.get("serviceAccount") else { return };
    let new = pod.get("serviceAccountName");
    if new.is_none_or(|new| new.str() == Some("")) && old.str() != Some("") {
        sink.push(Finding::new().delete(old.path()).set(pod.path().key("serviceAccountName"), old.text()));
    }
    if new.is_some_and(|new| new != old) {
        sink.push(Finding::new().delete(old.path()));
    }
}
