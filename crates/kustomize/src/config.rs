//! Which fields the transformers touch: the defaults, and what `configurations` and `crds` add.

use crate::error::KustomizeError;
use crate::field::{self, FieldSpec};
use crate::gvk::Gvk;
use crate::pod_paths::{POD_REFERENCES, POD_SPECS, POD_VARIABLES};
use crate::types::NameReference;
use serde::Deserialize;
use serde_json::Value;

/// The fields of each transformer.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Config {
    pub(crate) name_prefix: Vec<FieldSpec>,
    pub(crate) name_suffix: Vec<FieldSpec>,
    pub(crate) namespace: Vec<FieldSpec>,
    pub(crate) common_labels: Vec<FieldSpec>,
    pub(crate) labels: Vec<FieldSpec>,
    pub(crate) template_labels: Vec<FieldSpec>,
    pub(crate) common_annotations: Vec<FieldSpec>,
    pub(crate) name_reference: Vec<NameReference>,
    pub(crate) var_reference: Vec<FieldSpec>,
    pub(crate) images: Vec<FieldSpec>,
    pub(crate) replicas: Vec<FieldSpec>,
}

impl Config {
    /// What holds without any configuration.
    pub(crate) fn defaults() -> Self {
        let metadata_name = vec![spec("", "", "metadata/name", false)];
        Self {
            name_prefix: metadata_name.clone(),
            name_suffix: metadata_name,
            namespace: specs(NAMESPACE),
            common_labels: common_labels(),
            labels: Vec::new(),
            template_labels: specs(TEMPLATE_LABELS),
            common_annotations: common_annotations(),
            name_reference: name_references(),
            var_reference: variables(),
            images: Vec::new(),
            replicas: specs(REPLICAS),
        }
    }

    /// Reads a file of `configurations`.
    pub(crate) fn parse(value: Value, path: &str) -> Result<Self, KustomizeError> {
        if value.is_null() {
            return Ok(Self::default());
        }
        serde_json::from_value(value)
            .map_err(|error| KustomizeError::Content { path: path.to_owned(), message: error.to_string() })
    }

    /// Adds what another configuration has more.
    pub(crate) fn add(&mut self, more: &Self) {
        field::merge(&mut self.name_prefix, &more.name_prefix);
        field::merge(&mut self.name_suffix, &more.name_suffix);
        field::merge(&mut self.namespace, &more.namespace);
        field::merge(&mut self.common_labels, &more.common_labels);
        field::merge(&mut self.labels, &more.labels);
        field::merge(&mut self.template_labels, &more.template_labels);
        field::merge(&mut self.common_annotations, &more.common_annotations);
        field::merge(&mut self.var_reference, &more.var_reference);
        field::merge(&mut self.images, &more.images);
        field::merge(&mut self.replicas, &more.replicas);
        for reference in &more.name_reference {
            self.add_reference(reference);
        }
    }

    /// Adds references to a kind.
    pub(crate) fn add_reference(&mut self, reference: &NameReference) {
        match self.name_reference.iter_mut().find(|known| known.target == reference.target) {
            Some(known) => field::merge(&mut known.field_specs, &reference.field_specs),
            None => self.name_reference.push(reference.clone()),
        }
    }
}

/// Group, kind, path and whether the field is made.
type Row = (&'static str, &'static str, &'static str, bool);

const NAMESPACE: &[Row] = &[
    ("", "", "metadata/namespace", true),
    ("", "Namespace", "metadata/name", true),
    ("apiregistration.k8s.io", "APIService", "spec/service/namespace", true),
    (
        "apiextensions.k8s.io",
        "CustomResourceDefinition",
        "spec/conversion/webhook/clientConfig/service/namespace",
        false,
    ),
];

const REPLICAS: &[Row] = &[
    ("", "Deployment", "spec/replicas", true),
    ("", "ReplicationController", "spec/replicas", true),
    ("", "ReplicaSet", "spec/replicas", true),
    ("", "StatefulSet", "spec/replicas", true),
];

const TEMPLATE_LABELS: &[Row] = &[
    ("", "ReplicationController", "spec/template/metadata/labels", true),
    ("", "Deployment", "spec/template/metadata/labels", true),
    ("", "ReplicaSet", "spec/template/metadata/labels", true),
    ("", "DaemonSet", "spec/template/metadata/labels", true),
    ("apps", "StatefulSet", "spec/template/metadata/labels", true),
    ("batch", "Job", "spec/template/metadata/labels", true),
    ("batch", "CronJob", "spec/jobTemplate/metadata/labels", true),
    ("batch", "CronJob", "spec/jobTemplate/spec/template/metadata/labels", true),
    ("apps", "StatefulSet", "spec/volumeClaimTemplates[]/metadata/labels", true),
];

const SELECTORS: &[Row] = &[
    ("", "ReplicationController", "spec/selector", true),
    ("", "Deployment", "spec/selector/matchLabels", true),
    ("", "ReplicaSet", "spec/selector/matchLabels", true),
    ("", "DaemonSet", "spec/selector/matchLabels", true),
    ("apps", "StatefulSet", "spec/selector/matchLabels", true),
    ("batch", "Job", "spec/selector/matchLabels", false),
    ("batch", "CronJob", "spec/jobTemplate/spec/selector/matchLabels", false),
    ("policy", "PodDisruptionBudget", "spec/selector/matchLabels", false),
    ("networking.k8s.io", "NetworkPolicy", "spec/podSelector/matchLabels", false),
    ("networking.k8s.io", "NetworkPolicy", "spec/ingress/from/podSelector/matchLabels", false),
    ("networking.k8s.io", "NetworkPolicy", "spec/egress/to/podSelector/matchLabels", false),
];

/// Selectors of other pods inside of a pod's spec.
const POD_SELECTORS: &[&str] = &[
    "affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels",
    "affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels",
    "affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels",
    "affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels",
    "topologySpreadConstraints/labelSelector/matchLabels",
];

/// References between objects that are no pods: what is named (group, kind), by what (group, kind), where.
const REFERENCES: &[(&str, &str, &str, &str, &str)] = &[
    ("", "Deployment", "", "HorizontalPodAutoscaler", "spec/scaleTargetRef/name"),
    ("", "ReplicationController", "", "HorizontalPodAutoscaler", "spec/scaleTargetRef/name"),
    ("", "ReplicaSet", "", "HorizontalPodAutoscaler", "spec/scaleTargetRef/name"),
    ("", "StatefulSet", "", "HorizontalPodAutoscaler", "spec/scaleTargetRef/name"),
    ("", "ConfigMap", "", "Node", "spec/configSource/configMap"),
    ("", "ConfigMap", "rbac.authorization.k8s.io", "Role", "rules/resourceNames"),
    ("", "ConfigMap", "rbac.authorization.k8s.io", "ClusterRole", "rules/resourceNames"),
    ("", "ConfigMap", "", "Ingress", "metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap"),
    ("", "Secret", "", "Ingress", "spec/tls/secretName"),
    ("", "Secret", "", "Ingress", "metadata/annotations/ingress.kubernetes.io\\/auth-secret"),
    ("", "Secret", "", "Ingress", "metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret"),
    ("", "Secret", "", "Ingress", "metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret"),
    ("", "Secret", "", "ServiceAccount", "imagePullSecrets/name"),
    ("", "Secret", "", "ServiceAccount", "secrets/name"),
    ("", "Secret", "", "StorageClass", "parameters/secretName"),
    ("", "Secret", "", "StorageClass", "parameters/adminSecretName"),
    ("", "Secret", "", "StorageClass", "parameters/userSecretName"),
    ("", "Secret", "", "StorageClass", "parameters/secretRef"),
    ("", "Secret", "", "PersistentVolume", "spec/azureFile/secretName"),
    ("", "Secret", "", "PersistentVolume", "spec/cephfs/secretRef/name"),
    ("", "Secret", "", "PersistentVolume", "spec/csi/controllerPublishSecretRef/name"),
    ("", "Secret", "", "PersistentVolume", "spec/csi/nodePublishSecretRef/name"),
    ("", "Secret", "", "PersistentVolume", "spec/csi/nodeStageSecretRef/name"),
    ("", "Secret", "", "PersistentVolume", "spec/flexVolume/secretRef/name"),
    ("", "Secret", "", "PersistentVolume", "spec/iscsi/secretRef/name"),
    ("", "Secret", "", "PersistentVolume", "spec/rbd/secretRef/name"),
    ("", "Secret", "", "PersistentVolume", "spec/scaleIO/secretRef/name"),
    ("", "Secret", "", "PersistentVolume", "spec/storageos/secretRef/name"),
    ("", "Secret", "rbac.authorization.k8s.io", "Role", "rules/resourceNames"),
    ("", "Secret", "rbac.authorization.k8s.io", "ClusterRole", "rules/resourceNames"),
    ("", "Service", "apps", "StatefulSet", "spec/serviceName"),
    ("", "Service", "", "Ingress", "spec/rules/http/paths/backend/serviceName"),
    ("", "Service", "", "Ingress", "spec/backend/serviceName"),
    ("", "Service", "", "Ingress", "spec/rules/http/paths/backend/service/name"),
    ("", "Service", "", "Ingress", "spec/defaultBackend/service/name"),
    ("", "Service", "apiregistration.k8s.io", "APIService", "spec/service/name"),
    ("", "Service", "apiextensions.k8s.io", "CustomResourceDefinition", "spec/conversion/webhook/clientConfig/service"),
    ("", "Service", "admissionregistration.k8s.io", "ValidatingWebhookConfiguration", "webhooks/clientConfig/service"),
    ("", "Service", "admissionregistration.k8s.io", "MutatingWebhookConfiguration", "webhooks/clientConfig/service"),
    ("rbac.authorization.k8s.io", "Role", "rbac.authorization.k8s.io", "RoleBinding", "roleRef/name"),
    ("rbac.authorization.k8s.io", "ClusterRole", "rbac.authorization.k8s.io", "RoleBinding", "roleRef/name"),
    ("rbac.authorization.k8s.io", "ClusterRole", "rbac.authorization.k8s.io", "ClusterRoleBinding", "roleRef/name"),
    ("", "ServiceAccount", "rbac.authorization.k8s.io", "RoleBinding", "subjects"),
    ("", "ServiceAccount", "rbac.authorization.k8s.io", "ClusterRoleBinding", "subjects"),
    ("", "PersistentVolume", "", "PersistentVolumeClaim", "spec/volumeName"),
    ("", "PersistentVolume", "rbac.authorization.k8s.io", "ClusterRole", "rules/resourceNames"),
    ("storage.k8s.io", "StorageClass", "", "PersistentVolume", "spec/storageClassName"),
    ("storage.k8s.io", "StorageClass", "", "PersistentVolumeClaim", "spec/storageClassName"),
    ("storage.k8s.io", "StorageClass", "", "StatefulSet", "spec/volumeClaimTemplates/spec/storageClassName"),
    ("networking.k8s.io", "IngressClass", "", "Ingress", "spec/ingressClassName"),
    (
        "admissionregistration.k8s.io",
        "ValidatingAdmissionPolicy",
        "admissionregistration.k8s.io",
        "ValidatingAdmissionPolicyBinding",
        "spec/policyName",
    ),
];

const VARIABLES: &[Row] = &[
    ("", "Ingress", "spec/rules/host", false),
    ("", "Ingress", "spec/tls/hosts", false),
    ("", "Ingress", "spec/tls/secretName", false),
    ("", "Service", "spec/ports/port", false),
    ("", "Service", "spec/ports/targetPort", false),
    ("", "PersistentVolume", "spec/nfs/server", false),
    ("", "StatefulSet", "spec/volumeClaimTemplates/spec/nfs/server", false),
    ("", "", "metadata/labels", false),
    ("", "", "metadata/annotations", false),
];

fn spec(group: &str, kind: &str, path: &str, create: bool) -> FieldSpec {
    FieldSpec::new(Gvk::new(group, "", kind), path, create)
}

fn specs(rows: &[Row]) -> Vec<FieldSpec> {
    rows.iter().map(|(group, kind, path, create)| spec(group, kind, path, *create)).collect()
}

fn common_labels() -> Vec<FieldSpec> {
    let mut all = vec![
        spec("", "", "metadata/labels", true),
        FieldSpec::new(Gvk::new("", "v1", "Service"), "spec/selector", true),
    ];
    all.extend(specs(SELECTORS));
    all.extend(specs(TEMPLATE_LABELS));
    for kind in ["Deployment", "StatefulSet"] {
        all.extend(POD_SELECTORS.iter().map(|path| spec("apps", kind, &format!("spec/template/spec/{path}"), false)));
    }
    all
}

fn common_annotations() -> Vec<FieldSpec> {
    let mut all = vec![spec("", "", "metadata/annotations", true)];
    for (kind, pod) in POD_SPECS.iter().filter(|(kind, _)| *kind != "Pod") {
        let template = pod.strip_suffix("/spec").unwrap_or(pod);
        all.push(spec("", kind, &format!("{template}/metadata/annotations"), true));
    }
    all.push(spec("", "CronJob", "spec/jobTemplate/metadata/annotations", true));
    all
}

fn name_references() -> Vec<NameReference> {
    let mut config = Config::default();
    let mut add = |group: &str, kind: &str, referrer: FieldSpec| {
        // What `version` Kubernetes gives the kind does not matter for a reference.
        let target = Gvk::new(group, "", kind);
        config.add_reference(&NameReference { target, field_specs: vec![referrer] });
    };
    for (target_group, target, group, kind, path) in REFERENCES {
        add(target_group, target, spec(group, kind, path, false));
    }
    for (target, paths) in POD_REFERENCES {
        for (kind, pod) in POD_SPECS {
            for path in *paths {
                add("", target, spec("", kind, &format!("{pod}/{path}"), false));
            }
        }
    }
    for (kind, pod) in POD_SPECS {
        add("scheduling.k8s.io", "PriorityClass", spec("", kind, &format!("{pod}/priorityClassName"), false));
    }
    config.name_reference
}

fn variables() -> Vec<FieldSpec> {
    let mut all = specs(VARIABLES);
    for (kind, pod) in POD_SPECS {
        all.extend(POD_VARIABLES.iter().map(|path| spec("", kind, &format!("{pod}/{path}"), false)));
    }
    all
}
