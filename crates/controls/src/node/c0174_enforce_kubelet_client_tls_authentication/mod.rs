//! Kubelets that know no authority for client certificates.

use crate::node::c0070_enforce_kubelet_client_tls_authentication::CLIENT_CA;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&CLIENT_CA];
