//! Namespaces without any network policy, as CIS asks.

use crate::network::c0049_network_mapping::INTERNAL_NETWORKING;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&INTERNAL_NETWORKING];
