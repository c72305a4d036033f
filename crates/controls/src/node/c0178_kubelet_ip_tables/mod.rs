//! Kubelets that leave out their iptables chains.

use crate::node::kubelet::{self, Setting, Unset};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = kubelet::rule("kubelet-ip-tables", |object, ctx, sink| SETTING.judge(object, ctx, sink));

static SETTING: Setting = Setting {
    flag: "--make-iptables-util-chains",
    flag_fails: |kubelet, _| !kubelet.says("--make-iptables-util-chains=true"),
    field: "makeIPTablesUtilChains",
    field_fails: |chains, ctx| !chains.map_or(ctx.strict, |chains| chains.is(true)),
    unset: Unset::Passes,
};
