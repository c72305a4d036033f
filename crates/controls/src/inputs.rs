//! Defaults of the inputs that people may set.

use ks_control::InputDefault;

const fn input(key: &'static str, values: &'static [&'static str]) -> InputDefault {
    InputDefault { key, values }
}

/// All inputs, sorted by key.
pub(crate) static INPUTS: &[InputDefault] = &[
    input("cpu_limit_max", &[]),
    input("cpu_limit_min", &["0"]),
    input("cpu_request_max", &[]),
    input("cpu_request_min", &["0"]),
    input("floatingImageTags", &[]),
    input("hardenedSandboxRuntimeClasses", &["gvisor"]),
    input("imageDigestExemptRepositories", &[]),
    input("imageRepositoryAllowList", &[]),
    input("insecureCapabilities", &["SETPCAP", "NET_ADMIN", "NET_RAW", "SYS_MODULE", "SYS_RAWIO", "SYS_PTRACE", "SYS_ADMIN", "SYS_BOOT", "MAC_OVERRIDE", "MAC_ADMIN", "PERFMON", "ALL", "BPF"]),
    input("k8sRecommendedLabels", &["app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/version", "app.kubernetes.io/component", "app.kubernetes.io/part-of", "app.kubernetes.io/managed-by", "app.kubernetes.io/created-by"]),
    input("max_critical_vulnerabilities", &["5"]),
    input("max_high_vulnerabilities", &["10"]),
    input("memory_limit_max", &[]),
    input("memory_limit_min", &["0"]),
    input("memory_request_max", &[]),
    input("memory_request_min", &["0"]),
    input("publicRegistries", &[]),
    input("recommendedLabels", &["app", "tier", "phase", "version", "owner", "env"]),
    input("sandbox_cpu_limit_max", &[]),
    input("sandbox_memory_limit_max", &[]),
    input("sensitiveInterfaces", &["nifi", "argo-server", "weave-scope-app", "kubeflow", "kubernetes-dashboard", "jenkins", "prometheus-deployment", "ollama", "vllm", "kserve", "triton-inference-server", "ray-dashboard", "ray-head", "mlflow", "jupyterhub", "seldon", "bentoml"]),
    input("sensitiveKeyNames", &["aws_secret_access_key", "azure_batchai_storage_key", "azure_batch_key", "secret", "key", "password", "pwd", "token", "jwt", "bearer", "credential"]),
    input("sensitiveKeyNamesAllowed", &[]),
    input("sensitiveValues", &["BEGIN \\w+ PRIVATE KEY", "PRIVATE KEY", "eyJhbGciO", "JWT", "Bearer", "_key_", "_secret_", "AKIA[0-9A-Z]{16}", "ghp_[0-9A-Za-z]{36}", "AIza[0-9A-Za-z\\-_]{35}", "xox[baprs]-[0-9A-Za-z]{10,48}"]),
    input("sensitiveValuesAllowed", &[]),
    input("servicesNames", &["nifi-service", "argo-server", "minio", "postgres", "workflow-controller-metrics", "weave-scope-app", "kubernetes-dashboard"]),
    input("trustedCosignPublicKeys", &[]),
    input("untrustedRegistries", &[]),
    input("wlKnownNames", &["coredns", "kube-proxy", "event-exporter-gke", "kube-dns", "17-default-backend", "metrics-server", "ca-audit", "ca-dashboard-aggregator", "ca-notification-server", "ca-ocimage", "ca-oracle", "ca-posture", "ca-rbac", "ca-vuln-scan", "ca-webhook", "ca-websocket", "clair-clair"]),
];
