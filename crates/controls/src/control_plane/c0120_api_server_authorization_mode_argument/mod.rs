//! API servers that do not authorize by RBAC.

use crate::control_plane::flag_check::{Demand, FlagCheck};
use crate::control_plane::flags::API_SERVER;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = API_SERVER
    .rule("ensure-that-the-api-server-authorization-mode-argument-includes-RBAC", |pod, ctx, sink| {
        FLAG.judge(pod, ctx, sink)
    });

static FLAG: FlagCheck =
    FlagCheck { component: &API_SERVER, flag: "--authorization-mode", demand: Demand::OneOf(&["RBAC"]) };
