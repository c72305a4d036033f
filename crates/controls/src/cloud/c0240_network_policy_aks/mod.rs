//! AKS clusters that enforce no network policies.

use crate::cloud::descriptions::{AKS_CLUSTER, aks, fail, rule};
use ks_control::{Context, Finding, Rule, Sink};
use ks_object::Object;

pub(crate) static RULES: &[&Rule] = &[&NETWORK_POLICY];

static NETWORK_POLICY: Rule = rule("rule-cni-enabled-aks", AKS_CLUSTER, network_policy);

fn network_policy<'a>(object: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    let Some(properties) = aks(object).and_then(|data| data.get("properties")) else { return };
    let profile = |key| properties.str_at(&["networkProfile", key]);
    let pair = (profile("networkPlugin"), profile("networkPolicy"));
    if !matches!(pair, (Some("azure"), Some("azure" | "calico")) | (Some("kubenet"), Some("calico"))) {
        fail(object, Finding::new(), sink);
    }
}
