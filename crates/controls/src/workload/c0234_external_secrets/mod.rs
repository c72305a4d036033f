//! Workloads that mount no secrets from an external store.

use ks_control::{Check, Context, Finding, Rule, Sink, WORKLOADS};
use ks_object::{Node, Pod};

pub(crate) static RULES: &[&Rule] = &[&EXTERNAL_SECRETS];

static EXTERNAL_SECRETS: Rule =
    Rule::new("ensure-external-secrets-storage-is-in-use", WORKLOADS, Check::Pod(external_secrets));

fn external_secrets<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    let keys = ["csi", "volumeAttributes", "secretProviderClass"];
    if !pod.volumes().any(|volume| volume.at(&keys).is_some_and(Node::truthy)) {
        let class = pod.path().key("volumes").index(0).fields(&keys.join("."));
        sink.push(Finding::new().set(class, "YOUR_VALUE"));
    }
}
