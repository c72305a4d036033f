//! API servers whose admission plugins include DenyServiceExternalIPs.

use crate::control_plane::flags::{API_SERVER, Demand, FlagCheck};
use ks_control::{Check, Rule};

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = API_SERVER.rule(
    "ensure-that-the-api-server-DenyServiceExternalIPs-is-not-set",
    Check::Object(|object, ctx, sink| FLAG.judge(object, ctx, sink)),
);

static FLAG: FlagCheck = FlagCheck {
    component: &API_SERVER,
    flag: "--enable-admission-plugins",
    demand: Demand::Without("DenyServiceExternalIPs"),
};
