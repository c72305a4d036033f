// Written by `cargo dev generate` from the folders beside it. Do not edit.

pub(crate) mod c0034_automatic_mapping_service_account;
pub(crate) mod c0261_serviceaccount_token_mounted;
pub(crate) mod c0267_workload_cluster_takeover_roles;
pub(crate) mod c0272_workload_administrative_roles;
pub(crate) mod c0307_non_existent_service_account;
pub(crate) mod service_accounts;
pub(crate) mod takeover;
