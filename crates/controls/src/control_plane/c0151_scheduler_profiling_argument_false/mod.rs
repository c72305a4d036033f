//! Schedulers that serve profiles.

use crate::control_plane::flag_check::{Demand, FlagCheck};
use crate::control_plane::flags::SCHEDULER;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = SCHEDULER
    .rule("ensure-that-the-scheduler-profiling-argument-is-set-to-false", |pod, ctx, sink| FLAG.judge(pod, ctx, sink));

static FLAG: FlagCheck = FlagCheck { component: &SCHEDULER, flag: "--profiling", demand: Demand::LoneSwitch(false) };
