//! Controller managers whose limit of finished pods needs a look.

use crate::control_plane::flag_check::{Demand, FlagCheck};
use crate::control_plane::flags::CONTROLLER_MANAGER;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = CONTROLLER_MANAGER.rule(
    "ensure-that-the-controller-manager-terminated-pod-gc-threshold-argument-is-set-as-appropriate",
    |pod, ctx, sink| FLAG.judge(pod, ctx, sink),
);

static FLAG: FlagCheck = FlagCheck {
    component: &CONTROLLER_MANAGER,
    flag: "--terminated-pod-gc-threshold",
    demand: Demand::Review { enough: None },
};
