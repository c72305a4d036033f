//! Workloads with the token of a ServiceAccount that has a role.

use crate::rbac::service_accounts::{SERVICE_ACCOUNT, ServiceAccounts, automount, is_mounted, is_placed_workload};
use ks_control::{BINDINGS, Check, Cluster, Context, Counts, Finding, Match, Needs, Rule, Sink, WORKLOADS};
use ks_object::{Node, Object};
use std::collections::HashMap;

pub(crate) static RULES: &[&Rule] = &[&SERVICE_ACCOUNT_TOKEN_MOUNT];

static SERVICE_ACCOUNT_TOKEN_MOUNT: Rule = Rule {
    counts: Counts::If(|object, _| is_placed_workload(object)),
    needs: Needs::NameAndNamespace,
    ..Rule::new("serviceaccount-token-mount", MATCHES, Check::Join { reads: READS, run: mounted_tokens })
};

static MATCHES: &[Match] = &[WORKLOADS[0], SERVICE_ACCOUNT, BINDINGS[0], WORKLOADS[1], WORKLOADS[2]];
static READS: &[&str] =
    &["$pod.serviceAccountName", "$pod.automountServiceAccountToken", "automountServiceAccountToken", "subjects"];

fn mounted_tokens<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    let accounts = ServiceAccounts::new(cluster);
    let bound = Bound::new(cluster);
    for pod in cluster.workloads().filter_map(|workload| workload.pod()) {
        for account in accounts.of(&pod).iter().filter(|account| is_mounted(&pod, **account) && bound.has(account)) {
            let field = pod.path().key("automountServiceAccountToken");
            let finding = match automount(&pod) {
                Some(_) => Finding::new().review(field),
                None => Finding::new().set(field, "false"),
            };
            sink.push_on(pod.object(), finding.related(*account));
        }
    }
}

/// The ServiceAccounts that bindings name. Name, namespace and kind may stand in three subjects of one binding, and a
/// group that every account is in makes all of them bound.
#[derive(Debug, Default)]
struct Bound<'a> {
    everyone: bool,
    /// Numbers of bindings, ascending, by a name among their subjects.
    by_name: HashMap<&'a str, Vec<usize>>,
    by_namespace: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Bound<'a> {
    fn new(cluster: &Cluster<'a>) -> Self {
        let mut bound = Self::default();
        let bindings = ["RoleBinding", "ClusterRoleBinding"].into_iter().flat_map(|kind| cluster.kind(kind));
        for (number, binding) in bindings.enumerate() {
            let subjects = || binding.at(&["subjects"]).into_iter().flat_map(Node::items);
            let values = |key| subjects().filter_map(move |subject| subject.str_at(&[key]));
            bound.everyone |=
                values("name").any(|name| matches!(name, "system:authenticated" | "system:serviceaccounts"));
            if values("kind").any(|kind| kind == "ServiceAccount") {
                values("name").for_each(|name| note(&mut bound.by_name, name, number));
                values("namespace").for_each(|namespace| note(&mut bound.by_namespace, namespace, number));
            }
        }
        bound
    }

    fn has(&self, account: &Object<'a>) -> bool {
        let named = account.name().and_then(|name| self.by_name.get(name));
        let placed = account.namespace().and_then(|namespace| self.by_namespace.get(namespace));
        let both = named.zip(placed).is_some_and(|(a, b)| {
            let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
            few.iter().any(|number| many.binary_search(number).is_ok())
        });
        self.everyone || both
    }
}

fn note<'a>(map: &mut HashMap<&'a str, Vec<usize>>, key: &'a str, number: usize) {
    let numbers = map.entry(key).or_default();
    if numbers.last() != Some(&number) {
        numbers.push(number);
    }
}
