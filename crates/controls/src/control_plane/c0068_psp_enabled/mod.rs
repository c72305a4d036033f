//! Clusters without the PodSecurityPolicy admission plugin.

use crate::cloud::descriptions::{self, Provider};
use crate::control_plane::flags::{named_api_server_rule, named_api_servers_lack};
use ks_control::{Cluster, Context, Finding, Rule, Sink};
use ks_object::Object;

pub(crate) static RULES: &[&Rule] = &[&CLOUD, &NATIVE];

static CLOUD: Rule = descriptions::rule("psp-enabled-cloud", descriptions::EKS_OR_GKE, managed);

static NATIVE: Rule = named_api_server_rule("psp-enabled-native", native);

/// EKS has the policies always on while it has them at all, so only Google's answer is judged.
fn managed<'a>(object: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    let Some((Provider::Gke, data)) = descriptions::description(object) else { return };
    if !data.at(&["pod_security_policy_config", "enabled"]).is_some_and(|flag| flag.is(true)) {
        let command = "gcloud beta container clusters update <cluster_name> --enable-pod-security-policy";
        descriptions::fail(object, Finding::new().command(command), sink);
    }
}

fn native<'a>(cluster: &Cluster<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    named_api_servers_lack("--enable-admission-plugins", "PodSecurityPolicy", cluster, ctx, sink);
}
