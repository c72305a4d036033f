//! Kubelets that answer anonymous requests.

use crate::node::c0069_disable_anonymous_access_kubelet_service::ANONYMOUS_AUTH;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&ANONYMOUS_AUTH];
