//! Containers that keep NET_RAW, with which they can forge packets.

use crate::workload::containers::added_capabilities;
use ks_control::{Check, Context, Finding, Rule, Sink, WORKLOADS};
use ks_object::{Kind, Pod};

pub(super) static DROP_NET_RAW: Rule = Rule::new("drop-capability-netraw", WORKLOADS, Check::Pod(drop_net_raw));

fn drop_net_raw<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    for container in pod.containers() {
        let capabilities = container.security("capabilities");
        let dropped = capabilities.and_then(|it| it.get("drop"));
        let drops = |name| dropped.is_some_and(|list| list.contains(name));
        if drops("ALL") || drops("all") {
            // What is added afterwards counts.
            let added_again = added_capabilities(container).any(|one| one.str() == Some("NET_RAW"));
            if let Some(added) = capabilities.and_then(|it| it.get("add")).filter(|_| added_again) {
                sink.push(Finding::new().delete(added.path()));
            }
        } else if !drops("NET_RAW") && dropped.is_none_or(|list| list.kind() == Kind::Seq) {
            let next = dropped.map_or(0, |list| list.len());
            let path = container.path().fields("securityContext.capabilities.drop").index(next);
            sink.push(Finding::new().set(path, "NET_RAW"));
        }
    }
}
