//! Default ServiceAccounts with rights, or with tokens mounted, as CIS asks of EKS.

use crate::workload::c0189_default_service_account::AUTOMOUNT;
use ks_control::{BINDINGS, Check, Context, Finding, Rule, Sink};
use ks_object::{Node, Object};

pub(crate) static RULES: &[&Rule] = &[&DEFAULT_BINDINGS, &AUTOMOUNT];

/// C-0239 runs it, too.
pub(crate) static DEFAULT_BINDINGS: Rule =
    Rule::new("ensure-default-service-accounts-has-only-default-roles", BINDINGS, Check::Object(default_bindings));

/// Kubernetes marks the bindings that it makes itself.
fn default_bindings<'a>(binding: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    let mark = binding.labels().and_then(|labels| labels.str_at(&["kubernetes.io/bootstrapping"]));
    if mark == Some("rbac-defaults") {
        return;
    }
    for subject in binding.at(&["subjects"]).into_iter().flat_map(Node::items) {
        let is = |key, text| subject.str_at(&[key]) == Some(text);
        if is("kind", "ServiceAccount") && is("name", "default") {
            sink.push(Finding::new().delete(subject.path()));
        }
    }
}
