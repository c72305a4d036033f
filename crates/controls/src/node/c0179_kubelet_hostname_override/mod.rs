//! Kubelets that register under another name than their host's.

use crate::node::kubelet::{self, Kubelet};
use ks_control::{Context, Rule, Sink};
use ks_object::Object;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = kubelet::rule("kubelet-hostname-override", hostname_override);

fn hostname_override<'a>(object: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    if let Some(kubelet) = Kubelet::of(object).filter(|kubelet| kubelet.says("--hostname-override")) {
        kubelet.fail_command(sink);
    }
}
