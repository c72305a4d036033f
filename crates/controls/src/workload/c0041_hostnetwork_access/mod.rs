//! Pods that share the node's network.

use ks_control::{Check, Context, Finding, Rule, Sink, WORKLOADS};
use ks_object::Pod;

pub(crate) static RULES: &[&Rule] = &[&HOST_NETWORK];

static HOST_NETWORK: Rule = Rule::new("host-network-access", WORKLOADS, Check::Pod(host_network));

fn host_network<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    if let Some(field) = pod.get("hostNetwork").filter(|field| field.is(true)) {
        sink.push(Finding::new().delete(field.path()));
    }
}
