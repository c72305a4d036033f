//! Kubelets that do not limit the processes of a pod.

use crate::node::kubelet::{self, Config, Kubelet};
use ks_control::{Context, Rule, Sink};
use ks_object::{Node, Object};

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = kubelet::rule("kubelet-set-pod-limit", pod_limit);

const FLAG: &str = "--pod-max-pids";

fn pod_limit<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let Some(kubelet) = Kubelet::of(object) else { return };
    let unlimited = if kubelet.says(FLAG) {
        ctx.strict && kubelet.values(FLAG).last() == Some("-1")
    } else {
        match kubelet.config(ctx) {
            Some(config) => !has_limit(&config, ctx),
            None => ctx.strict && !kubelet.says("--config"),
        }
    };
    if unlimited {
        kubelet.fail_command(sink);
    }
}

/// A limit of -1 is none; only strict mode says so.
fn has_limit(config: &Config, ctx: &Context) -> bool {
    let limit = config.field("podPidsLimit").filter(|limit| limit.truthy());
    limit.is_some_and(|limit: Node<'_>| !ctx.strict || limit.int() != Some(-1))
}
