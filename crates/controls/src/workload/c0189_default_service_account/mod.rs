//! Default ServiceAccounts that are in use: they mount their token, or a namespace has no other.

use crate::rbac::service_accounts::SERVICE_ACCOUNT;
use ks_control::{Check, Cluster, Context, Counts, Finding, Match, Rule, Sink};
use ks_object::{Node, Object, Path};
use std::collections::HashSet;

pub(crate) static RULES: &[&Rule] = &[&AUTOMOUNT, &NO_OTHER];

/// C-0225 runs it, too.
pub(crate) static AUTOMOUNT: Rule = Rule {
    counts: Counts::If(|account, _| is_default(&account)),
    ..Rule::new("automount-default-service-account", &[SERVICE_ACCOUNT], Check::Object(automount))
};

static NO_OTHER: Rule = Rule {
    counts: Counts::Only(&[ANY_NAMESPACE]),
    ..Rule::new("namespace-without-service-account", MATCHES, Check::Join { reads: &[], run: no_other })
};

const ANY_NAMESPACE: Match = Match::new(&["*"], &["*"], &["Namespace"]);
static MATCHES: &[Match] = &[ANY_NAMESPACE, Match::new(&["*"], &["*"], &["ServiceAccount"])];

fn automount<'a>(account: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    if !is_default(&account) {
        return;
    }
    let key = "automountServiceAccountToken";
    let field = account.at(&[key]);
    match field.and_then(Node::bool) {
        Some(false) => {}
        Some(true) => sink.push(Finding::new().delete(Path::root().key(key))),
        None => sink.push(Finding::new().set(Path::root().key(key), "false")),
    }
}

fn no_other<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    let others = cluster.kind("ServiceAccount").iter().filter(|account| !is_default(account));
    let with_other: HashSet<&str> = others.filter_map(Object::namespace).collect();
    for namespace in cluster.kind("Namespace") {
        if !namespace.name().is_some_and(|name| with_other.contains(name)) {
            sink.push_on(*namespace, Finding::new());
        }
    }
}

fn is_default(account: &Object<'_>) -> bool {
    account.name() == Some("default")
}
