//! EKS clusters that know their users from a ConfigMap alone.

use crate::cloud::descriptions::{EKS_CLUSTER, eks, fail, rule};
use ks_control::{Context, Finding, Rule, Sink};
use ks_object::Object;

pub(crate) static RULES: &[&Rule] = &[&CONFIG_MAP_ONLY];

static CONFIG_MAP_ONLY: Rule = rule("cluster-access-manager-api-eks", EKS_CLUSTER, config_map_only);

fn config_map_only<'a>(object: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    let mode = eks(object).and_then(|data| data.str_at(&["Cluster", "AccessConfig", "AuthenticationMode"]));
    if mode == Some("CONFIG_MAP") {
        fail(object, Finding::new(), sink);
    }
}
