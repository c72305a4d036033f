//! An exception in the order of fields that reports have.

use crate::{ReportError, encode};
use ks_policy::ExceptionPolicy;
use ks_policy::exceptions::{Designator, PosturePolicy};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Exception<'a> {
    guid: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    attributes: &'a BTreeMap<String, Value>,
    #[serde(skip_serializing_if = "str::is_empty")]
    updated_time: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    policy_type: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    creation_time: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    actions: &'a [String],
    resources: &'a [Designator],
    #[serde(skip_serializing_if = "Option::is_none")]
    object_selector: &'a Option<Value>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    posture_policies: &'a [PosturePolicy],
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: &'a Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expiration_date: &'a Option<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    created_by: &'a str,
}

pub(super) fn write(policy: &ExceptionPolicy, out: &mut String) -> Result<(), ReportError> {
    let exception = Exception {
        guid: &policy.guid,
        name: &policy.name,
        attributes: &policy.attributes,
        updated_time: &policy.updated_time,
        policy_type: &policy.policy_type,
        creation_time: &policy.creation_time,
        actions: &policy.actions,
        resources: &policy.resources,
        object_selector: &policy.object_selector,
        posture_policies: &policy.posture_policies,
        reason: &policy.reason,
        expiration_date: &policy.expiration_date,
        created_by: &policy.created_by,
    };
    encode::compact("an exception", &exception, out)
}
