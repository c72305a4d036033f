//! Workloads with credentials in their environment.

use super::c0012_applications_credentials_configuration_files::CREDENTIALS_IN_ENV_VAR;
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&CREDENTIALS_IN_ENV_VAR];
