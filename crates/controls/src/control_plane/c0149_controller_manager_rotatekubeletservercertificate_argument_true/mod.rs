//! Controller managers that do not sign serving certificates of kubelets.

use crate::control_plane::flag_check::{Demand, FlagCheck};
use crate::control_plane::flags::CONTROLLER_MANAGER;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = CONTROLLER_MANAGER.rule(
    "ensure-that-the-controller-manager-RotateKubeletServerCertificate-argument-is-set-to-true",
    |pod, ctx, sink| FLAG.judge(pod, ctx, sink),
);

static FLAG: FlagCheck =
    FlagCheck { component: &CONTROLLER_MANAGER, flag: "RotateKubeletServerCertificate", demand: Demand::Gate(true) };
