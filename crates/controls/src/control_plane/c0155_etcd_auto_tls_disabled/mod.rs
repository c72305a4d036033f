//! etcd members that make up the certificates that they show clients.

use crate::control_plane::flag_check::{Demand, FlagCheck};
use crate::control_plane::flags::ETCD;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = ETCD.rule("etcd-auto-tls-disabled", |pod, ctx, sink| FLAG.judge(pod, ctx, sink));

static FLAG: FlagCheck = FlagCheck { component: &ETCD, flag: "--auto-tls", demand: Demand::DefaultSwitch(false) };
