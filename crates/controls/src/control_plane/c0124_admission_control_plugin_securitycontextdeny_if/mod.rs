//! API servers with neither SecurityContextDeny nor PodSecurityPolicy.

use crate::control_plane::flags::{API_SERVER, Demand, FlagCheck};
use ks_control::{Check, Rule};

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = API_SERVER.rule(
    "ensure-that-the-admission-control-plugin-SecurityContextDeny-is-set-if-PodSecurityPolicy-is-not-used",
    Check::Object(|object, ctx, sink| FLAG.judge(object, ctx, sink)),
);

static FLAG: FlagCheck = FlagCheck {
    component: &API_SERVER,
    flag: "--enable-admission-plugins",
    demand: Demand::OneOf(&["SecurityContextDeny", "PodSecurityPolicy"]),
};
