// Written by `cargo dev generate` from the folders beside it. Do not edit.

pub(crate) mod c0021_exposed_sensitive_interfaces;
pub(crate) mod c0030_ingress_egress_blocked;
pub(crate) mod c0042_ssh_server_running_inside_container;
pub(crate) mod c0049_network_mapping;
pub(crate) mod c0054_cluster_internal_networking;
pub(crate) mod c0256_external_facing;
pub(crate) mod c0260_missing_network_policy;
pub(crate) mod c0263_ingress_uses_tls;
pub(crate) mod c0266_exposure_internet_via_gateway_api;
pub(crate) mod c0274_verify_authenticated_service;
pub(crate) mod c0293_service_no_workload;
pub(crate) mod c0298_dangling_ingress_backend;
pub(crate) mod c0299_dangling_networkpolicy;
pub(crate) mod c0300_dangling_hpa_target;
pub(crate) mod c0302_dangling_gateway_api_backend;
pub(crate) mod policies;
pub(crate) mod selectors;
pub(crate) mod services;
