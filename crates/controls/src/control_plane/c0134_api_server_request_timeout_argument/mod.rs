//! API servers with a request timeout of their own.

use crate::control_plane::flag_check::{Demand, FlagCheck};
use crate::control_plane::flags::API_SERVER;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = API_SERVER
    .rule("ensure-that-the-api-server-request-timeout-argument-is-set-as-appropriate", |pod, ctx, sink| {
        FLAG.judge(pod, ctx, sink)
    });

static FLAG: FlagCheck = FlagCheck { component: &API_SERVER, flag: "--request-timeout", demand: Demand::ReviewIfGiven };
