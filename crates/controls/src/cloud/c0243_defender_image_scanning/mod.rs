//! AKS clusters without Microsoft Defender.

use crate::cloud::descriptions::{AKS_CLUSTER, aks, fail, is_on, rule};
use ks_control::{Context, Finding, Rule, Sink};
use ks_object::Object;

pub(crate) static RULES: &[&Rule] = &[&DEFENDER];

static DEFENDER: Rule = rule(
    "ensure-image-vulnerability-scanning-using-azure-defender-image-scanning-or-a-third-party-provider",
    AKS_CLUSTER,
    defender,
);

const COMMAND: &str =
    "az aks update --enable-defender --resource-group <your-resource-group> --name <your-cluster-name>";

fn defender<'a>(object: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    let Some(properties) = aks(object).and_then(|data| data.get("properties")) else { return };
    if !is_on(properties, &["securityProfile", "defender", "securityMonitoring", "enabled"]) {
        fail(object, Finding::new().command(COMMAND), sink);
    }
}
