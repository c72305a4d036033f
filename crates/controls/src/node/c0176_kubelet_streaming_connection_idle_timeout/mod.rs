//! Kubelets that never end idle streaming connections.

use crate::node::kubelet::{self, Kubelet, Setting, Unset};
use ks_control::{Context, Rule};
use ks_object::Node;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule =
    kubelet::rule("kubelet-streaming-connection-idle-timeout", |object, ctx, sink| SETTING.judge(object, ctx, sink));

static SETTING: Setting = Setting {
    flag: "--streaming-connection-idle-timeout",
    flag_fails: is_disabled,
    field: "streamingConnectionIdleTimeout",
    field_fails: |timeout, ctx| timeout.is_some_and(|timeout| is_never(timeout, ctx)),
    unset: Unset::Passes,
};

/// The flag has always failed nobody; only strict mode reports it.
fn is_disabled(kubelet: Kubelet<'_>, ctx: &Context) -> bool {
    ctx.strict && kubelet.says("--streaming-connection-idle-timeout=0")
}

/// A duration is a text in most files; only strict mode reads that.
fn is_never(timeout: Node<'_>, ctx: &Context) -> bool {
    timeout.int() == Some(0) || ctx.strict && matches!(timeout.str(), Some("0" | "0s"))
}
