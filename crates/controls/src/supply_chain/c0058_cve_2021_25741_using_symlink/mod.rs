//! Containers that mount a sub-path while a kubelet follows symlinks in it: CVE-2021-25741.

use crate::supply_chain::versions::{Span, affected, lenient};
use ks_control::{Check, Cluster, Context, Counts, Finding, Gate, Gating, Match, NODE, Needs, Rule, Sink, WORKLOADS};
use ks_object::{List, Node, Pod};

pub(crate) static RULES: &[&Rule] = &[&SYMLINK_EXCHANGE];

static SYMLINK_EXCHANGE: Rule = Rule {
    counts: Counts::Only(WORKLOADS),
    needs: Needs::NameAndContainer,
    gate: Some(Gating { matches: NODE, reads: &["status.nodeInfo.kubeletVersion"], ask: any_affected_kubelet }),
    ..Rule::new("Symlink-Exchange-Can-Allow-Host-Filesystem-Access", MATCHES, Check::Pod(sub_paths))
};

const MATCHES: &[Match] = &[
    Match::new(&[""], &["v1"], &["Pod", "Node"]),
    Match::new(&["apps"], &["v1"], &["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"]),
    Match::new(&["batch"], &["*"], &["Job", "CronJob"]),
];

static AFFECTED: &[Span] = &[
    Span(&[], 0..1),
    Span(&[1], 0..19),
    Span(&[1, 19], 0..15),
    Span(&[1, 20], 0..11),
    Span(&[1, 21], 0..5),
    Span(&[1, 22], 0..2),
];

fn any_affected_kubelet(cluster: &Cluster<'_>, ctx: &Context) -> Gate {
    let mut versions = cluster
        .kind("Node")
        .iter()
        .filter_map(|node| node.at(&["status", "nodeInfo", "kubeletVersion"]).and_then(Node::str));
    let affected = |version: &str| {
        if ctx.strict {
            lenient(version).is_some_and(|version| affected(version, AFFECTED))
        } else {
            is_listed(version)
        }
    };
    if versions.any(affected) { Gate::Stands } else { Gate::NoneCount }
}

/// Compares versions as texts, so `v1.21.14` is listed and `v1.9.0` is not.
fn is_listed(version: &str) -> bool {
    version <= "v1.19.14"
        || ("v1.20.0"..="v1.20.9").contains(&version)
        || version == "v1.20.10"
        || ("v1.21.0"..="v1.21.4").contains(&version)
        || ("v1.22.0"..="v1.22.1").contains(&version)
}

fn sub_paths<'a>(pod: &Pod<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let fields: &[&str] = if ctx.strict { &["subPath", "subPathExpr"] } else { &["subPath"] };
    for container in pod.every_container().iter().filter(|one| ctx.strict || one.list() == List::Main) {
        let mounts = container.volume_mounts.into_iter().flat_map(Node::items);
        let paths = mounts.flat_map(|mount| fields.iter().filter_map(move |field| mount.get(field)));
        let mut paths = paths.filter(|path| path.truthy()).peekable();
        if paths.peek().is_some() {
            sink.push(paths.fold(Finding::of(container), |finding, path| finding.delete(path.path())));
        }
    }
}
