// Written by `cargo dev generate` from the folders beside it. Do not edit.

pub(crate) mod c0058_cve_2021_25741_using_symlink;
pub(crate) mod c0059_cve_2021_25742_nginx_ingress;
pub(crate) mod c0079_cve_2022_0185_linux_kernel;
pub(crate) mod c0081_cve_2022_24348_argocddirtraversal;
pub(crate) mod c0083_workloads_critical_vulnerabilities_exposed_external;
pub(crate) mod c0084_workloads_rce_vulnerabilities_exposed_external;
pub(crate) mod c0085_workloads_excessive_amount_vulnerabilities;
pub(crate) mod c0087_cve_2022_23648_containerd_fs;
pub(crate) mod c0089_cve_2022_3172_aggregated_api;
pub(crate) mod c0090_cve_2022_39328_grafana_auth;
pub(crate) mod c0091_cve_2022_47633_kyverno_signature;
pub(crate) mod versions;
pub(crate) mod vulnerabilities;
