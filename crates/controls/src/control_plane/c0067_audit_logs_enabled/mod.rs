//! Clusters that keep no audit log.

use crate::cloud::descriptions::{self, Provider};
use crate::control_plane::flags::{named_api_server, named_api_server_rule};
use ks_control::{Cluster, Context, Finding, Rule, Sink};
use ks_object::{Node, Object};

pub(crate) static RULES: &[&Rule] = &[&CLOUD, &NATIVE];

static CLOUD: Rule = descriptions::rule("k8s-audit-logs-enabled-cloud", descriptions::EKS_OR_GKE, managed);

static NATIVE: Rule = named_api_server_rule("k8s-audit-logs-enabled-native", native);

fn managed<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    match descriptions::description(object) {
        Some((Provider::Eks, data)) if !eks(data, ctx) => descriptions::fail(object, Finding::new().command(EKS), sink),
        Some((Provider::Gke, data)) if !gke(data) => descriptions::fail(object, Finding::new(), sink),
        _ => {}
    }
}

const EKS: &str = "aws eks update-cluster-config --region '${REGION_CODE}' --name '${CLUSTER_NAME}' \
                   --logging '{'clusterLogging':[{'types':['api','audit','authenticator','controllerManager',\
                   'scheduler'],'enabled':true}]}'";

/// Whether every log type is in some entry that is enabled. Strictly, a cluster without entries has none; otherwise
/// it is not judged.
fn eks(data: Node<'_>, ctx: &Context) -> bool {
    let camel = data.at(&["cluster", "logging", "clusterLogging"]).filter(|_| ctx.strict);
    let (entries, types, enabled) = match (data.at(&["Cluster", "Logging", "ClusterLogging"]), camel) {
        (Some(entries), _) => (entries, "Types", "Enabled"),
        (None, Some(entries)) => (entries, "types", "enabled"),
        (None, None) => return !ctx.strict,
    };
    let logs = |kind: &str| {
        let mut entries = entries.items().filter(|entry| entry.get(enabled).is_some_and(|flag| flag.is(true)));
        entries.any(|entry| entry.get(types).is_some_and(|types| types.contains(kind)))
    };
    ["api", "audit", "authenticator", "controllerManager", "scheduler"].into_iter().all(logs)
}

fn gke(data: Node<'_>) -> bool {
    let components = data.at(&["logging_config", "component_config", "enable_components"]);
    components.is_some_and(|components| !components.is_empty())
}

fn native<'a>(cluster: &Cluster<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    named_api_server(cluster, ctx, sink, |pod, flags, sink| {
        if !flags.gives("--audit-policy-file", ctx) {
            sink.push_on(pod, Finding::new().review(flags.list().path()));
        }
    });
}
