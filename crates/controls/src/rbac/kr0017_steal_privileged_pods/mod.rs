//! Subjects that may drive pods of kube-system onto a node of their choice.

use crate::rbac::grants::{CORE, Right, hits, in_role, pairs};
use crate::rbac::staged::{Leg, Names, Place, push};
use ks_control::{Check, Context, Grant, Needs, RBAC, Rule, Sink};
use ks_object::{Node, Path};
use std::collections::HashSet;

pub(crate) static RULES: &[&Rule] = &[&STEAL_PODS];

static STEAL_PODS: Rule =
    Rule { needs: Needs::Nothing, ..Rule::new("steal-privileged-pods-v1", RBAC, Check::Grants(steal_pods)) };

const CHANGE: &[&str] = &["update", "patch"];
const DELETE: &[&str] = &["delete"];

/// Rights to get rid of a pod where it runs.
const REMOVE: &[Leg] = &[
    leg(CHANGE, &["pods"], Names::Any),
    leg(CHANGE, &["pods/status", "*/status"], Names::Any),
    leg(DELETE, &["pods"], Names::All),
    leg(&["create"], &["pods/eviction", "*/eviction"], Names::All),
];

/// The same by its node, for bindings that reach nodes.
const REMOVE_NODE: Leg = leg(&["delete", "update", "patch"], &["nodes"], Names::All);

/// The right to make other nodes unfit, so that the pod starts on a chosen one.
const CORDON: Leg = leg(CHANGE, &["nodes", "nodes/status", "*/status"], Names::All);

const REMOVE_RESOURCES: &[&str] = &["pods", "pods/eviction", "pods/status", "nodes", "*/eviction", "*/status"];
const REMOVE_VERBS: &[&str] = &["create", "delete", "update", "patch"];

const fn leg(verbs: &'static [&'static str], resources: &'static [&'static str], names: Names) -> Leg {
    Leg { right: Right { verbs, groups: CORE, resources }, names }
}

/// The two halves may come from two grants of one subject; the one that removes pods is reported.
fn steal_pods<'a>(grants: &[Grant<'a>], _: &Context, sink: &mut Sink<'a>) {
    let cordon = |grant: &&Grant<'a>| reaches_nodes(grant) && grant.rules().any(|rule| CORDON.given_by(rule));
    let cordoners: HashSet<_> = grants.iter().filter(cordon).map(identity).collect();
    if cordoners.is_empty() {
        return;
    }
    for grant in grants.iter().filter(|grant| Place::Privileged.covers(grant) && pairs(grant)) {
        let removes = |rule: &Node<'_>| removes_pods(grant, *rule);
        if cordoners.contains(&identity(grant)) && grant.rules().any(|rule| removes(&rule)) {
            push(grant, &paths(grant), sink);
        }
    }
}

/// Who it is, over all grants.
fn identity<'a>(grant: &Grant<'a>) -> [&'a str; 4] {
    ["kind", "name", "namespace", "apiGroup"].map(|key| grant.subject_str(key).unwrap_or_default())
}

fn reaches_nodes(grant: &Grant<'_>) -> bool {
    Place::Cluster.covers(grant) && pairs(grant)
}

fn removes_pods(grant: &Grant<'_>, rule: Node<'_>) -> bool {
    REMOVE.iter().any(|leg| leg.given_by(rule)) || reaches_nodes(grant) && REMOVE_NODE.given_by(rule)
}

/// What removes pods, then what else of this role makes nodes unfit.
fn paths(grant: &Grant<'_>) -> Vec<Path> {
    let removing = grant.rules().filter(|rule| removes_pods(grant, *rule));
    let mut paths = sorted(removing, REMOVE_RESOURCES, REMOVE_VERBS);
    if reaches_nodes(grant) {
        let cordoning = grant.rules().filter(|rule| CORDON.given_by(*rule));
        let mut rest = sorted(cordoning, CORDON.right.resources, CORDON.right.verbs);
        rest.retain(|path| !paths.contains(path));
        paths.append(&mut rest);
    }
    paths
}

fn sorted<'a>(
    rules: impl Iterator<Item = Node<'a>>,
    resources: &'static [&'static str],
    verbs: &'static [&'static str],
) -> Vec<Path> {
    let lists = [("resources", resources), ("verbs", verbs), ("apiGroups", CORE)];
    let all = rules.flat_map(|rule| lists.into_iter().flat_map(move |(key, wanted)| hits(rule, key, wanted)));
    let mut paths: Vec<_> = all.map(in_role).collect();
    paths.sort();
    paths
}
