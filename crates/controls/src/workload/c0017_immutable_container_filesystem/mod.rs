//! Containers that can write to their own root file system.

use crate::workload::containers::{hardened, is_ephemeral};
use ks_control::{Check, Context, Finding, Needs, Rule, Sink, WORKLOADS};
use ks_object::Pod;

pub(crate) static RULES: &[&Rule] = &[&READ_ONLY_ROOT];

/// Also part of C-0211.
pub(crate) static READ_ONLY_ROOT: Rule = Rule {
    needs: Needs::NameAndContainer,
    ..Rule::new("immutable-container-filesystem", WORKLOADS, Check::Pod(read_only_root))
};

fn read_only_root<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    for container in hardened(pod) {
        if container.security("readOnlyRootFilesystem").is_some_and(|field| field.is(true)) {
            continue;
        }
        let mut finding = Finding::of(container);
        if !is_ephemeral(container) {
            finding = finding.set(container.path().fields("securityContext.readOnlyRootFilesystem"), "true");
        }
        sink.push(finding);
    }
}
