//! Kubelets that know no authority for client certificates.

use crate::node::kubelet::{self, Setting, Unset};
use ks_control::Rule;
use ks_object::Node;

pub(crate) static RULES: &[&Rule] = &[&CLIENT_CA];

/// Also the whole of C-0174.
pub(crate) static CLIENT_CA: Rule =
    kubelet::rule("enforce-kubelet-client-tls-authentication-updated", |object, ctx, sink| {
        SETTING.judge(object, ctx, sink);
    });

static SETTING: Setting = Setting {
    flag: "--client-ca-file",
    flag_fails: |_, _| false,
    field: "authentication.x509.clientCAFile",
    field_fails: |file, _| !file.is_some_and(Node::truthy),
    unset: Unset::FailsNameless,
};
