//! Controller managers whose controllers share one identity.

use crate::control_plane::flag_check::{Demand, FlagCheck};
use crate::control_plane::flags::CONTROLLER_MANAGER;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = CONTROLLER_MANAGER.rule(
    "ensure-that-the-controller-manager-use-service-account-credentials-argument-is-set-to-true",
    |pod, ctx, sink| FLAG.judge(pod, ctx, sink),
);

static FLAG: FlagCheck = FlagCheck {
    component: &CONTROLLER_MANAGER,
    flag: "--use-service-account-credentials",
    demand: Demand::LoneSwitch(true),
};
