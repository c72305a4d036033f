//! Kubelets that answer anonymous requests.

use crate::node::kubelet::{self, Setting, Unset};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&ANONYMOUS_AUTH];

/// Also the whole of C-0172.
pub(crate) static ANONYMOUS_AUTH: Rule =
    kubelet::rule("anonymous-requests-to-kubelet-service-updated", |object, ctx, sink| {
        SETTING.judge(object, ctx, sink);
    });

static SETTING: Setting = Setting {
    flag: "--anonymous-auth",
    flag_fails: |kubelet, _| kubelet.says("--anonymous-auth=true"),
    field: "authentication.anonymous.enabled",
    field_fails: |enabled, _| enabled.is_some_and(|enabled| enabled.is(true)),
    unset: Unset::Passes,
};
