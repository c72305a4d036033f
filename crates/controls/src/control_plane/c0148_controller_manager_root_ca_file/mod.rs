//! Controller managers that give pods no CA of the API server.

use crate::control_plane::flag_check::NeededFlags;
use crate::control_plane::flags::CONTROLLER_MANAGER;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = CONTROLLER_MANAGER
    .rule("ensure-that-the-controller-manager-root-ca-file-argument-is-set-as-appropriate", |pod, ctx, sink| {
        FLAGS.judge(pod, ctx, sink)
    });

static FLAGS: NeededFlags =
    NeededFlags { component: &CONTROLLER_MANAGER, flags: &[("--root-ca-file", "<path/to/key/ca.crt>")] };
