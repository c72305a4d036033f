//! Kubelets that send events without limit.

use crate::node::kubelet::{self, Kubelet, Source};
use ks_control::{Context, Finding, Rule, Sink};
use ks_object::{Node, Object, Path};

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = kubelet::rule("kubelet-event-qps", event_rate);

const FIELD: &str = "eventRecordQPS";

fn event_rate<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let Some(kubelet) = Kubelet::of(object) else { return };
    match kubelet.file(ctx) {
        Source::File(config) if config.field(FIELD).and_then(Node::int) == Some(0) => {
            kubelet.fail_config(config, Finding::new().review(Path::root().key(FIELD)), sink);
        }
        Source::NotCollected => kubelet.fail_unknown(ctx, sink),
        Source::Flag | Source::File(_) | Source::Unreadable | Source::Default => {}
    }
}
