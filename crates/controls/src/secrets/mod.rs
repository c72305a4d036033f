// Written by `cargo dev generate` from the folders beside it. Do not edit.

pub(crate) mod c0012_applications_credentials_configuration_files;
pub(crate) mod c0207_prefer_using_secrets_as_files;
pub(crate) mod c0255_workload_secret_access;
pub(crate) mod c0257_workload_pvc_access;
pub(crate) mod c0258_workload_configmap_access;
pub(crate) mod c0259_workload_credential_access;
pub(crate) mod c0264_persistentvolume_without_encyption;
pub(crate) mod mounts;
pub(crate) mod secret_refs;
pub(crate) mod sensitive;
