//! Clusters that do not authorize by RBAC.

use crate::cloud::descriptions::{self, Provider};
use crate::control_plane::flags::{named_api_server_rule, named_api_servers_lack};
use ks_control::{Cluster, Context, Finding, Rule, Sink};
use ks_object::{Object, Path};

pub(crate) static RULES: &[&Rule] = &[&CLOUD, &NATIVE];

static CLOUD: Rule = descriptions::rule("rbac-enabled-cloud", descriptions::ANY, managed);

static NATIVE: Rule = named_api_server_rule("rbac-enabled-native", native);

/// Amazon and Google have RBAC always on.
fn managed<'a>(object: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    let Some((Provider::Aks, data)) = descriptions::description(object) else { return };
    if !data.at(&["properties", "enableRBAC"]).is_some_and(|flag| flag.is(true)) {
        descriptions::fail(object, Finding::new().review(Path::root().fields("data.properties.enableRBAC")), sink);
    }
}

fn native<'a>(cluster: &Cluster<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    named_api_servers_lack("--authorization-mode", "RBAC", cluster, ctx, sink);
}
