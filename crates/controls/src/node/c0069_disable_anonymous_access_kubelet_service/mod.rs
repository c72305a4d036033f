//! Kubelets that answer anonymous requests.

use crate::node::kubelet::{self, Kubelet, Source};
use ks_control::{Context, Finding, Rule, Sink};
use ks_object::Object;

pub(crate) static RULES: &[&Rule] = &[&ANONYMOUS_AUTH];

/// Also the whole of C-0172.
pub(crate) static ANONYMOUS_AUTH: Rule = kubelet::rule("anonymous-requests-to-kubelet-service-updated", anonymous_auth);

fn anonymous_auth<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let Some(kubelet) = Kubelet::of(object) else { return };
    match kubelet.source("--anonymous-auth", ctx) {
        Source::Flag if kubelet.says("--anonymous-auth=true") => kubelet.fail_command(Finding::new(), sink),
        Source::File(config)
            if config.at(&["authentication", "anonymous", "enabled"]).is_some_and(|flag| flag.is(true)) =>
        {
            kubelet.fail_config(config, "authentication.anonymous.enabled", sink);
        }
        Source::NotCollected => kubelet.fail_unknown(ctx, sink),
        Source::Flag | Source::File(_) | Source::Unreadable | Source::Default => {}
    }
}
