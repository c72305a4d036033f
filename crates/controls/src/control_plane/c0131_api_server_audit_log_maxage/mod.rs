//! API servers that keep audit logs for less than 30 days.

use crate::control_plane::flag_check::{Demand, FlagCheck};
use crate::control_plane::flags::API_SERVER;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = API_SERVER
    .rule("ensure-that-the-api-server-audit-log-maxage-argument-is-set-to-30-or-as-appropriate", |pod, ctx, sink| {
        FLAG.judge(pod, ctx, sink)
    });

static FLAG: FlagCheck = FlagCheck { component: &API_SERVER, flag: "--audit-log-maxage", demand: Demand::AtLeast(30) };
