//! Kubelets that authorize everybody.

use crate::node::kubelet::{self, Setting, Unset};
use ks_control::Rule;
use ks_object::Node;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule =
    kubelet::rule("kubelet-authorization-mode-alwaysAllow", |object, ctx, sink| SETTING.judge(object, ctx, sink));

static SETTING: Setting = Setting {
    flag: "--authorization-mode",
    flag_fails: |kubelet, _| kubelet.says("--authorization-mode=AlwaysAllow"),
    field: "authorization.mode",
    field_fails: |mode, _| mode.and_then(Node::str) == Some("AlwaysAllow"),
    unset: Unset::Fails,
};
