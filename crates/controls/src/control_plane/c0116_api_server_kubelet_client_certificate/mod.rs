//! API servers that show kubelets no certificate.

use crate::control_plane::flag_check::NeededFlags;
use crate::control_plane::flags::API_SERVER;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = API_SERVER.rule(
    "ensure-that-the-api-server-kubelet-client-certificate-and-kubelet-client-key-arguments-are-set-as-appropriate",
    |pod, ctx, sink| FLAGS.judge(pod, ctx, sink),
);

static FLAGS: NeededFlags = NeededFlags {
    component: &API_SERVER,
    flags: &[
        ("--kubelet-client-certificate", "<path/to/appropriate/file>"),
        ("--kubelet-client-key", "<path/to/appropriate/file>"),
    ],
};
