//! What several checks ask of containers.

use ks_control::{Context, Finding, Sink};
use ks_object::{Container, List, Node, Pod};

/// Containers that a hardening check judges: ephemeral ones count in bare Pods alone, because nothing else can have
/// them.
pub(crate) fn hardened<'p, 'a>(pod: &'p Pod<'a>) -> impl Iterator<Item = &'p Container<'a>> {
    let ephemeral = pod.is_bare();
    pod.every_container().iter().filter(move |container| ephemeral || container.list() != List::Ephemeral)
}

/// Whether the container was attached to a running Pod, where no field of it can be changed any more.
pub(crate) fn is_ephemeral(container: &Container<'_>) -> bool {
    container.list() == List::Ephemeral
}

/// The capabilities that a container adds.
pub(crate) fn added_capabilities<'a>(container: &Container<'a>) -> impl Iterator<Item = Node<'a>> + use<'a> {
    container.security("capabilities").and_then(|it| it.get("add")).into_iter().flat_map(Node::items)
}

/// Reports containers without `probe`. Asked strictly, workloads that run to completion need none.
pub(crate) fn report_missing_probe<'a>(pod: &Pod<'a>, probe: &str, ctx: &Context, sink: &mut Sink<'a>) {
    if ctx.strict && runs_to_completion(pod) {
        return;
    }
    for container in pod.containers() {
        if !container.get(probe).is_some_and(Node::truthy) {
            sink.push(Finding::of(container).set(container.path().key(probe), "YOUR_VALUE"));
        }
    }
}

fn runs_to_completion(pod: &Pod<'_>) -> bool {
    matches!(pod.object().kind(), "Job" | "CronJob")
        || matches!(pod.get("restartPolicy").and_then(Node::str), Some("Never" | "OnFailure"))
}
