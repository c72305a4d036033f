//! Kubelets that overwrite kernel settings.

use crate::node::kubelet::{self, Setting, Unset};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule =
    kubelet::rule("kubelet-protect-kernel-defaults", |object, ctx, sink| SETTING.judge(object, ctx, sink));

static SETTING: Setting = Setting {
    flag: "--protect-kernel-defaults",
    flag_fails: |kubelet, _| !kubelet.says("--protect-kernel-defaults=true"),
    field: "protectKernelDefaults",
    field_fails: |protect, _| !protect.is_some_and(|protect| protect.is(true)),
    unset: Unset::Fails,
};
