//! AKS clusters that do not authorize by Azure RBAC.

use crate::cloud::descriptions::{AKS_CLUSTER, aks, fail, is_on, rule};
use ks_control::{Context, Finding, Rule, Sink};
use ks_object::Object;

pub(crate) static RULES: &[&Rule] = &[&AZURE_RBAC];

static AZURE_RBAC: Rule = rule("ensure-azure-rbac-is-set", AKS_CLUSTER, azure_rbac);

fn azure_rbac<'a>(object: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    let Some(properties) = aks(object).and_then(|data| data.get("properties")) else { return };
    if !is_on(properties, &["aadProfile", "enableAzureRBAC"]) {
        let command = "az aks update -g <resource_group> -n <cluster_name> --enable-azure-rbac";
        fail(object, Finding::new().command(command), sink);
    }
}
