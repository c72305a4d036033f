//! etcd members that talk to peers without certificates.

use crate::control_plane::flag_check::{Demand, FlagCheck};
use crate::control_plane::flags::ETCD;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = ETCD.rule("etcd-peer-client-auth-cert", |pod, ctx, sink| FLAG.judge(pod, ctx, sink));

static FLAG: FlagCheck = FlagCheck { component: &ETCD, flag: "--peer-client-cert-auth", demand: Demand::Switch(true) };
