//! Kubelets that serve their state without authentication.

use crate::node::kubelet::{self, Kubelet, Source};
use ks_control::{Context, Finding, Rule, Sink};
use ks_object::{Node, Object, Path};

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = kubelet::rule("read-only-port-enabled-updated", read_only_port);

const FLAG: &str = "--read-only-port";
const FIELD: &str = "readOnlyPort";

/// The file counts beside the flag, and the flag fails nobody; only strict mode goes by what the kubelet does.
fn read_only_port<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let Some(kubelet) = Kubelet::of(object) else { return };
    let source = if ctx.strict { kubelet.source(FLAG, ctx) } else { kubelet.file(ctx) };
    match source {
        Source::Flag if !kubelet.says("--read-only-port=0") => kubelet.fail_command(sink),
        Source::File(config) if config.field(FIELD).filter(|port| port.truthy()).is_some_and(is_open) => {
            kubelet.fail_config(config, Finding::new().review(Path::root().key(FIELD)), sink);
        }
        Source::NotCollected => kubelet.fail_unknown(ctx, sink),
        Source::Flag | Source::File(_) | Source::Unreadable | Source::Default => {}
    }
}

fn is_open(port: Node<'_>) -> bool {
    port.int() != Some(0)
}
