//! AKS clusters that are not private.

use crate::cloud::descriptions::{AKS_CLUSTER, aks, fail, is_on, rule};
use ks_control::{Context, Finding, Rule, Sink};
use ks_object::Object;

pub(crate) static RULES: &[&Rule] = &[&PRIVATE_CLUSTER];

static PRIVATE_CLUSTER: Rule = rule("ensure-clusters-are-created-with-private-nodes", AKS_CLUSTER, private_cluster);

const COMMAND: &str = "az aks create --resource-group <private-cluster-resource-group> --name <private-cluster-name> \
                       --load-balancer-sku standard --enable-private-cluster --network-plugin azure \
                       --vnet-subnet-id <subnet-id> --docker-bridge-address --dns-service-ip --service-cidr";

fn private_cluster<'a>(object: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    let Some(data) = aks(object) else { return };
    if !is_on(data, &["properties", "apiServerAccessProfile", "enablePrivateCluster"]) {
        fail(object, Finding::new().command(COMMAND), sink);
    }
}
