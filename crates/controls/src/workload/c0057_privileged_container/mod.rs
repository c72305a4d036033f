//! Containers that are privileged or nearly so.

use crate::workload::containers::added_capabilities;
use ks_control::{Check, Context, Finding, Rule, Sink, WORKLOADS};
use ks_object::Pod;

pub(crate) static RULES: &[&Rule] = &[&PRIVILEGED];

/// Also part of C-0211.
pub(crate) static PRIVILEGED: Rule = Rule::new("rule-privilege-escalation", WORKLOADS, Check::Pod(privileged));

fn privileged<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    for container in pod.every_container() {
        let admin = added_capabilities(container).filter(|one| one.str() == Some("SYS_ADMIN"));
        let privileged = container.security("privileged").filter(|field| field.is(true));
        let finding = admin.chain(privileged).fold(Finding::new(), |finding, field| finding.delete(field.path()));
        if !finding.paths.failed.is_empty() {
            sink.push(finding);
        }
    }
}
