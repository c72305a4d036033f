//! Controller managers without a key to sign service account tokens.

use crate::control_plane::flag_check::NeededFlags;
use crate::control_plane::flags::CONTROLLER_MANAGER;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = CONTROLLER_MANAGER.rule(
    "ensure-that-the-controller-manager-service-account-private-key-file-argument-is-set-as-appropriate",
    |pod, ctx, sink| FLAGS.judge(pod, ctx, sink),
);

static FLAGS: NeededFlags = NeededFlags {
    component: &CONTROLLER_MANAGER,
    flags: &[("--service-account-private-key-file", "<path/to/key/filename.key>")],
};
