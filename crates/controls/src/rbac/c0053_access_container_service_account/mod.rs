//! Service accounts to which a role is bound.

use crate::rbac::grants::{own_subjects, rule};
use ks_control::{Context, Counts, Finding, Grant, Rule, Sink};

pub(crate) static RULES: &[&Rule] = &[&BOUND_SERVICE_ACCOUNT];

/// An inventory: what it counts is what fails.
static BOUND_SERVICE_ACCOUNT: Rule =
    Rule { counts: Counts::Reported, ..rule("access-container-service-account-v1", bound_service_account) };

fn bound_service_account<'a>(grant: &Grant<'a>, _: &Context, sink: &mut Sink<'a>) {
    let account = grant.subject_str("kind") == Some("ServiceAccount");
    if account && own_subjects(grant).next().is_some() {
        sink.push(Finding::new());
    }
}
