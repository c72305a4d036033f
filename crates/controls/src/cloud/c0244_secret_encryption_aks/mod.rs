//! Clusters that store Secrets in etcd as they are, as CIS asks of AKS.

use crate::control_plane::c0066_secret_etcd_encryption_enabled::CLOUD;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&CLOUD];
