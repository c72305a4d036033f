//! Controller managers that listen on more than the loopback interface.

use crate::control_plane::flag_check::{Demand, FlagCheck};
use crate::control_plane::flags::CONTROLLER_MANAGER;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = CONTROLLER_MANAGER
    .rule("ensure-that-the-controller-manager-bind-address-argument-is-set-to-127.0.0.1", |pod, ctx, sink| {
        FLAG.judge(pod, ctx, sink)
    });

static FLAG: FlagCheck = FlagCheck { component: &CONTROLLER_MANAGER, flag: "--bind-address", demand: Demand::Loopback };
