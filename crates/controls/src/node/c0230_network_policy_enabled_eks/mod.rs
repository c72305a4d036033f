//! EKS nodes without an engine for network policies.

use crate::node::host_data::{self, CNI};
use ks_control::{Context, Finding, Rule, Sink};
use ks_object::Object;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = host_data::rule("ensure-network-policy-is-enabled-eks", CNI, no_policy_engine);

fn no_policy_engine<'a>(object: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    let Some(plugins) = object.at(&["data", "CNINames"]) else { return };
    if !plugins.contains("Calico") && !plugins.contains("Cilium") {
        host_data::fail(object, &["data.CNINames"], Finding::new(), sink);
    }
}
