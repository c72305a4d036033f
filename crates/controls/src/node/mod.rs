// Written by `cargo dev generate` from the folders beside it. Do not edit.

pub(crate) mod c0052_instance_metadata_api;
pub(crate) mod c0069_disable_anonymous_access_kubelet_service;
pub(crate) mod c0070_enforce_kubelet_client_tls_authentication;
pub(crate) mod c0273_outdated_kubernetes_version;
pub(crate) mod kubelet;
