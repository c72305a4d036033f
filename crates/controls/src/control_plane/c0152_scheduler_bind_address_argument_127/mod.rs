//! Schedulers that listen on more than the loopback interface.

use crate::control_plane::flag_check::{Demand, FlagCheck};
use crate::control_plane::flags::SCHEDULER;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = SCHEDULER
    .rule("ensure-that-the-scheduler-bind-address-argument-is-set-to-127.0.0.1", |pod, ctx, sink| {
        FLAG.judge(pod, ctx, sink)
    });

static FLAG: FlagCheck = FlagCheck { component: &SCHEDULER, flag: "--bind-address", demand: Demand::Loopback };
