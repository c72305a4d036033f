//! API servers whose TLS port is closed.

use crate::control_plane::flags::{API_SERVER, Demand, FlagCheck};
use ks_control::{Check, Rule};

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = API_SERVER.rule(
    "ensure-that-the-api-server-secure-port-argument-is-not-set-to-0",
    Check::Object(|object, ctx, sink| FLAG.judge(object, ctx, sink)),
);

static FLAG: FlagCheck = FlagCheck { component: &API_SERVER, flag: "--secure-port", demand: Demand::Not("0") };
