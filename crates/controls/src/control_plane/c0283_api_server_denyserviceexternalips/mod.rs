//! API servers that admit any external IP of a Service.

use crate::control_plane::flag_check::{Demand, FlagCheck};
use crate::control_plane::flags::API_SERVER;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = API_SERVER
    .rule("ensure-that-the-api-server-DenyServiceExternalIPs-is-set", |pod, ctx, sink| FLAG.judge(pod, ctx, sink));

static FLAG: FlagCheck = FlagCheck {
    component: &API_SERVER,
    flag: "--enable-admission-plugins",
    demand: Demand::Listed("DenyServiceExternalIPs"),
};
