//! System workloads with images from the frozen registry `k8s.gcr.io`.

use ks_control::{Check, Context, Counts, Finding, Needs, Rule, Sink, WORKLOADS};
use ks_object::{Object, Pod};

pub(crate) static RULES: &[&Rule] = &[&OLD_K8S_REGISTRY];

static OLD_K8S_REGISTRY: Rule = Rule {
    needs: Needs::Container,
    counts: Counts::If(|object, _| is_system(object)),
    ..Rule::new("rule-identify-old-k8s-registry", WORKLOADS, Check::Pod(old_k8s_registry))
};

fn old_k8s_registry<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    if !is_system(pod.object()) {
        return;
    }
    for container in pod.containers() {
        if container.image.is_some_and(|image| image.starts_with("k8s.gcr.io/")) {
            sink.push(Finding::of(container).review(container.path().key("image")));
        }
    }
}

fn is_system(object: Object<'_>) -> bool {
    object.namespace() == Some("kube-system")
}
