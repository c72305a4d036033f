//! Namespaced objects in the namespace `default`, or in none.

use crate::workload::c0061_pods_default_namespace::{DEFAULT_NAMESPACE, default_namespace};
use ks_control::{Check, Context, Match, Rule, Sink};
use ks_object::Object;

pub(crate) static RULES: &[&Rule] = &[
    &DEFAULT_NAMESPACE,
    &rule("rolebinding-in-default-namespace", &[Match::new(&["rbac.authorization.k8s.io"], &["v1"], &["RoleBinding"])]),
    &rule("role-in-default-namespace", &[Match::new(&["rbac.authorization.k8s.io"], &["v1"], &["Role"])]),
    &rule("configmap-in-default-namespace", &[Match::new(&[""], &["v1"], &["ConfigMap"])]),
    &rule("endpoints-in-default-namespace", &[Match::new(&[""], &["v1"], &["Endpoints"])]),
    &rule("persistentvolumeclaim-in-default-namespace", &[Match::new(&[""], &["v1"], &["PersistentVolumeClaim"])]),
    &rule("podtemplate-in-default-namespace", &[Match::new(&[""], &["v1"], &["PodTemplate"])]),
    &rule("replicationcontroller-in-default-namespace", &[Match::new(&[""], &["v1"], &["ReplicationController"])]),
    &rule("service-in-default-namespace", &[Match::new(&[""], &["v1"], &["Service"])]),
    &rule("serviceaccount-in-default-namespace", &[Match::new(&[""], &["v1"], &["ServiceAccount"])]),
    &rule("endpointslice-in-default-namespace", &[Match::new(&["discovery.k8s.io"], &["v1"], &["EndpointSlice"])]),
    &rule(
        "horizontalpodautoscaler-in-default-namespace",
        &[Match::new(&["autoscaling"], &["v2"], &["HorizontalPodAutoscaler"])],
    ),
    &rule("lease-in-default-namespace", &[Match::new(&["coordination.k8s.io"], &["v1"], &["Lease"])]),
    &rule(
        "csistoragecapacity-in-default-namespace",
        &[Match::new(&["storage.k8s.io"], &["*"], &["CSIStorageCapacity"])],
    ),
    &rule("ingress-in-default-namespace", &[Match::new(&["networking.k8s.io"], &["v1"], &["Ingress"])]),
    &rule("poddisruptionbudget-in-default-namespace", &[Match::new(&["policy"], &["v1"], &["PodDisruptionBudget"])]),
    &SECRET,
];

/// Run by name, this rule has always taken ConfigMaps, too. Scans hand it Secrets alone.
static SECRET: Rule = Rule {
    strict_matches: &[Match::new(&[""], &["v1"], &["ConfigMap"])],
    ..Rule::new(
        "resources-secret-in-default-namespace",
        &[Match::new(&[""], &["v1"], &["Secret"])],
        Check::Object(|object, ctx, sink| {
            if object.kind() == "Secret" || !ctx.strict {
                misplaced(object, ctx, sink);
            }
        }),
    )
};

const fn rule(name: &'static str, matches: &'static [Match]) -> Rule {
    Rule::new(name, matches, Check::Object(misplaced))
}

fn misplaced<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    if !is_made_by_kubernetes(&object, ctx) {
        default_namespace(object, ctx, sink);
    }
}

/// What every cluster has in its namespace `default`. Only strict mode knows more than the API server's Service.
fn is_made_by_kubernetes(object: &Object<'_>, ctx: &Context) -> bool {
    if object.namespace() != Some("default") {
        return false;
    }
    match (object.kind(), object.name()) {
        ("Service" | "Endpoints", Some("kubernetes")) => true,
        ("EndpointSlice", Some("kubernetes"))
        | ("ServiceAccount", Some("default"))
        | ("ConfigMap", Some("kube-root-ca.crt")) => ctx.strict,
        _ => false,
    }
}
