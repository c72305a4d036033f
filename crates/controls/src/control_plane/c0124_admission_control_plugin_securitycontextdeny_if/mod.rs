//! API servers with neither SecurityContextDeny nor PodSecurityPolicy.

use crate::control_plane::flag_check::{Demand, FlagCheck};
use crate::control_plane::flags::API_SERVER;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = API_SERVER.rule(
    "ensure-that-the-admission-control-plugin-SecurityContextDeny-is-set-if-PodSecurityPolicy-is-not-used",
    |pod, ctx, sink| FLAG.judge(pod, ctx, sink),
);

static FLAG: FlagCheck = FlagCheck {
    component: &API_SERVER,
    flag: "--enable-admission-plugins",
    demand: Demand::OneOf(&["SecurityContextDeny", "PodSecurityPolicy"]),
};
