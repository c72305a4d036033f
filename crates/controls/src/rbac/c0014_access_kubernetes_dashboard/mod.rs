//! Subjects and workloads that borrow the rights of the Kubernetes dashboard.

use crate::rbac::grants::{finding, in_binding, role_ref_name, rule};
use ks_control::{Check, Context, Finding, Grant, Rule, Sink, WORKLOADS};
use ks_object::Pod;

const DASHBOARD: &str = "kubernetes-dashboard";

pub(crate) static RULES: &[&Rule] = &[&SUBJECT, &WORKLOAD];

static SUBJECT: Rule = rule("rule-access-dashboard-subject-v1", subject);

static WORKLOAD: Rule = Rule::new("rule-access-dashboard-wl-v1", WORKLOADS, Check::Pod(workload));

/// Every subject of the binding is named for each of them, so that one sees with whom the role is shared.
fn subject<'a>(grant: &Grant<'a>, _: &Context, sink: &mut Sink<'a>) {
    let other = grant.subject_str("name").is_some_and(|name| name != DASHBOARD);
    if grant.role.name() != Some(DASHBOARD) || !other {
        return;
    }
    for subject in grant.subjects() {
        sink.push(finding([in_binding(subject), role_ref_name()]));
    }
}

fn workload<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    let dashboard = pod.object().name().is_some_and(|name| name.starts_with(DASHBOARD));
    if let Some(field) = pod.get("serviceAccountName").filter(|field| field.str() == Some(DASHBOARD) && !dashboard) {
        sink.push(Finding::new().delete(field.path()));
    }
}
