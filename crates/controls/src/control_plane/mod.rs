// Written by `cargo dev generate` from the folders beside it. Do not edit.

pub(crate) mod c0005_api_server_insecure_port_enabled;
pub(crate) mod c0066_secret_etcd_encryption_enabled;
pub(crate) mod c0067_audit_logs_enabled;
pub(crate) mod c0068_psp_enabled;
pub(crate) mod c0088_rbac_enabled;
pub(crate) mod c0115_api_server_denyserviceexternalips;
pub(crate) mod c0124_admission_control_plugin_securitycontextdeny_if;
pub(crate) mod c0128_api_server_secure_port_argument;
pub(crate) mod c0143_api_server_only_makes_use;
pub(crate) mod flags;
