//! Containers without CPU or memory limit.

use super::resources::{CPU_LIMIT, MEMORY_LIMIT};
use ks_control::{Check, Context, Finding, Needs, Rule, Sink, WORKLOADS};
use ks_object::Pod;

pub(crate) static RULES: &[&Rule] = &[&RESOURCE_POLICIES];

static RESOURCE_POLICIES: Rule =
    Rule { needs: Needs::Container, ..Rule::new("resource-policies", WORKLOADS, Check::Pod(resource_policies)) };

fn resource_policies<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    for container in pod.containers() {
        let missing = [CPU_LIMIT, MEMORY_LIMIT].map(|limit| limit.is_missing(container).then(|| limit.path(container)));
        if missing.iter().any(Option::is_some) {
            let finding = missing.into_iter().flatten();
            sink.push(finding.fold(Finding::of(container), |finding, path| finding.set(path, "YOUR_VALUE")));
        }
    }
}
