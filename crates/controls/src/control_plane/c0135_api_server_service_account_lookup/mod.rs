//! API servers that accept tokens of deleted service accounts.

use crate::control_plane::flag_check::{Demand, FlagCheck};
use crate::control_plane::flags::API_SERVER;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = API_SERVER
    .rule("ensure-that-the-api-server-service-account-lookup-argument-is-set-to-true", |pod, ctx, sink| {
        FLAG.judge(pod, ctx, sink)
    });

static FLAG: FlagCheck =
    FlagCheck { component: &API_SERVER, flag: "--service-account-lookup", demand: Demand::SpareSwitch(true) };
