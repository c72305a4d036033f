//! AKS clusters that are not reached by a private endpoint alone.

use crate::cloud::descriptions::{AKS_CLUSTER, aks, fail, is_on, rule};
use ks_control::{Context, Finding, Rule, Sink};
use ks_object::{Node, Object};

pub(crate) static RULES: &[&Rule] = &[&PRIVATE_ENDPOINT];

static PRIVATE_ENDPOINT: Rule = rule(
    "ensure-clusters-are-created-with-private-endpoint-enabled-and-public-access-disabled",
    AKS_CLUSTER,
    private_endpoint,
);

fn private_endpoint<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let Some(data) = aks(object) else { return };
    let endpoint = data.at(&["properties", "privateEndpoint", "id"]).is_some_and(Node::truthy);
    let closed = ctx.strict && is_closed(data);
    if !(endpoint || closed) {
        fail(object, Finding::new(), sink);
    }
}

/// What Azure really says of such a cluster; it describes no `privateEndpoint`.
fn is_closed(data: Node<'_>) -> bool {
    is_on(data, &["properties", "apiServerAccessProfile", "enablePrivateCluster"])
        && data.str_at(&["properties", "publicNetworkAccess"]) == Some("Disabled")
}
