//! Containers that may run as user or group 0.

use crate::workload::containers::{hardened, is_ephemeral};
use ks_control::{Check, Context, Finding, Needs, Rule, Sink, WORKLOADS};
use ks_object::{Container, Node, Path, Pod};

pub(crate) static RULES: &[&Rule] = &[&NON_ROOT];

/// Also part of C-0211.
pub(crate) static NON_ROOT: Rule =
    Rule { needs: Needs::NameAndContainer, ..Rule::new("non-root-containers", WORKLOADS, Check::Pod(non_root)) };

fn non_root<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    let pod_level = pod.security_context();
    for container in hardened(pod) {
        let user = user_fix(container, pod_level);
        let group = group_fix(container, pod_level);
        if user.is_none() && group.is_none() {
            continue;
        }
        let mut finding = Finding::of(container);
        if !is_ephemeral(container) {
            for (path, value) in [user, group].into_iter().flatten() {
                finding = finding.set(path, value);
            }
        }
        sink.push(finding);
    }
}

/// A field of the container, or else of the pod: what the kubelet goes by.
fn effective<'a>(container: &Container<'a>, pod_level: Option<Node<'a>>, key: &str) -> Option<Node<'a>> {
    container.security(key).or_else(|| pod_level?.get(key))
}

fn user_fix<'a>(container: &Container<'a>, pod_level: Option<Node<'a>>) -> Option<(Path, &'static str)> {
    if effective(container, pod_level, "runAsNonRoot").is_some_and(|field| !field.is(false)) {
        return None;
    }
    match effective(container, pod_level, "runAsUser") {
        None => Some((container.path().fields("securityContext.runAsNonRoot"), "true")),
        Some(user) => (user.int() == Some(0)).then(|| (user.path(), "1000")),
    }
}

fn group_fix<'a>(container: &Container<'a>, pod_level: Option<Node<'a>>) -> Option<(Path, &'static str)> {
    match effective(container, pod_level, "runAsGroup") {
        None => Some((container.path().fields("securityContext.runAsGroup"), "1000")),
        Some(group) => (group.int() == Some(0)).then(|| (group.path(), "1000")),
    }
}
