// Written by `cargo dev generate` from the folders beside it. Do not edit.

pub(crate) mod c0001_forbidden_container_registries;
pub(crate) mod c0058_cve_2021_25741_using_symlink;
pub(crate) mod c0059_cve_2021_25742_nginx_ingress;
pub(crate) mod c0075_image_pull_policy_latest_tag;
pub(crate) mod c0078_images_allowed_registry;
pub(crate) mod c0079_cve_2022_0185_linux_kernel;
pub(crate) mod c0081_cve_2022_24348_argocddirtraversal;
pub(crate) mod c0083_workloads_critical_vulnerabilities_exposed_external;
pub(crate) mod c0084_workloads_rce_vulnerabilities_exposed_external;
pub(crate) mod c0085_workloads_excessive_amount_vulnerabilities;
pub(crate) mod c0087_cve_2022_23648_containerd_fs;
pub(crate) mod c0089_cve_2022_3172_aggregated_api;
pub(crate) mod c0090_cve_2022_39328_grafana_auth;
pub(crate) mod c0091_cve_2022_47633_kyverno_signature;
pub(crate) mod c0236_verify_image_signature;
pub(crate) mod c0237_check_if_signature_exists;
pub(crate) mod c0253_deprecated_kubernetes_image_registry;
pub(crate) mod c0292_nginx_ingress_controller_end_life;
pub(crate) mod c0304_agent_sandbox_image_provenance;
pub(crate) mod c0306_images_pinned_digest;
pub(crate) mod registries;
pub(crate) mod signed;
pub(crate) mod tags;
pub(crate) mod versions;
pub(crate) mod vulnerabilities;
