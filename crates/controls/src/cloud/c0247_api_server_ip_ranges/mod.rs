//! AKS clusters whose API server answers every address.

use crate::cloud::descriptions::{AKS_CLUSTER, aks, fail, rule};
use ks_control::{Context, Finding, Rule, Sink};
use ks_object::{Node, Object};

pub(crate) static RULES: &[&Rule] = &[&IP_RANGES];

static IP_RANGES: Rule = rule("restrict-access-to-the-control-plane-endpoint", AKS_CLUSTER, ip_ranges);

const COMMAND: &str = "az aks update -n '<name>' -g '<resource_group>' --api-server-authorized-ip-ranges '0.0.0.0/32'";

fn ip_ranges<'a>(object: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    let Some(data) = aks(object) else { return };
    let ranges = data.at(&["properties", "apiServerAccessProfile", "authorizedIPRanges"]);
    if ranges.is_none_or(Node::is_empty) {
        fail(object, Finding::new().command(COMMAND), sink);
    }
}
