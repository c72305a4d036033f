//! Kubelets that do not renew their client certificate.

use crate::node::kubelet::{self, Setting, Unset};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = kubelet::rule("kubelet-rotate-certificates", |object, ctx, sink| SETTING.judge(object, ctx, sink));

static SETTING: Setting = Setting {
    flag: "--rotate-certificates",
    flag_fails: |kubelet, _| !kubelet.says("--rotate-certificates=true"),
    field: "rotateCertificates",
    field_fails: |rotate, _| rotate.is_some_and(|rotate| rotate.is(false)),
    unset: Unset::Passes,
};
