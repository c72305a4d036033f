//! Which ServiceAccounts workloads run as, and what bindings give them.

use ks_control::{Cluster, Match, WORKLOADS};
use ks_object::{Node, Object, Pod};
use std::collections::HashMap;

/// ServiceAccounts.
pub(crate) const SERVICE_ACCOUNT: Match = Match::new(&[""], &["v1"], &["ServiceAccount"]);

/// At most so many grants of one workload are listed; it fails by the first.
pub(crate) const WAYS: usize = 20;

/// ServiceAccounts by namespace (`default` where absent) and name.
#[derive(Debug)]
pub(crate) struct ServiceAccounts<'a> {
    by_name: HashMap<(&'a str, &'a str), Vec<Object<'a>>>,
}

impl<'a> ServiceAccounts<'a> {
    /// Those of a cluster.
    pub(crate) fn new(cluster: &Cluster<'a>) -> Self {
        let mut by_name: HashMap<_, Vec<_>> = HashMap::new();
        for account in cluster.kind("ServiceAccount") {
            if let Some(name) = account.name() {
                by_name.entry((account.namespace_or_default(), name)).or_default().push(*account);
            }
        }
        Self { by_name }
    }

    /// The one that a pod runs as. Several when the input has several objects of that name.
    pub(crate) fn of(&self, pod: &Pod<'a>) -> &[Object<'a>] {
        let name = match pod.get("serviceAccountName") {
            None => Some("default"),
            Some(name) => name.str(),
        };
        let found = name.and_then(|name| self.by_name.get(&(pod.object().namespace_or_default(), name)));
        found.map_or(&[], Vec::as_slice)
    }
}

/// Whether the field `automountServiceAccountToken` of a pod: true, false or left to the ServiceAccount.
pub(crate) fn automount(pod: &Pod<'_>) -> Option<bool> {
    pod.get("automountServiceAccountToken").and_then(Node::bool)
}

/// Whether a ServiceAccount asks not to be mounted.
pub(crate) fn opts_out(account: Object<'_>) -> bool {
    account.at(&["automountServiceAccountToken"]).is_some_and(|field| field.is(false))
}

/// Whether a pod gets the token of this ServiceAccount.
pub(crate) fn is_mounted(pod: &Pod<'_>, account: Object<'_>) -> bool {
    automount(pod).unwrap_or_else(|| !opts_out(account))
}

/// Workloads that say in which namespace they are: those that rules over ServiceAccounts count.
pub(crate) fn is_placed_workload(object: Object<'_>) -> bool {
    object.namespace().is_some()
        && WORKLOADS.iter().any(|one| one.covers(object.group(), object.version(), object.kind()))
}
