//! Nodes whose network plugin does not enforce network policies.

use crate::node::host_data::{self, CNI};
use ks_control::{Context, Finding, Rule, Sink};
use ks_object::Object;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = host_data::rule("ensure-that-the-cni-in-use-supports-network-policies", CNI, policies_unsupported);

fn policies_unsupported<'a>(object: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    let Some(plugins) = object.at(&["data", "CNINames"]) else { return };
    let flannel = plugins.contains("Flannel") && !plugins.contains("Calico");
    let aws_alone = plugins.contains("aws") && plugins.len() < 2;
    if flannel || aws_alone {
        host_data::fail(object, &["data.CNINames"], Finding::new(), sink);
    }
}
