//! The kinds of the API groups that every cluster has: a misspelt one would never be judged.

/// The kinds of each built-in group, those that were removed included.
const KINDS: &[(&str, &str)] = &[
    (
        "",
        "APIGroup APIVersions Binding ComponentStatus Config ConfigMap DeleteOptions Endpoints Event Eviction \
         LimitRange List Namespace Node NodeProxyOptions PersistentVolume PersistentVolumeClaim Pod PodAttachOptions \
         PodExecOptions PodLogOptions PodPortForwardOptions PodProxyOptions PodStatusResult PodTemplate \
         RangeAllocation ReplicationController ResourceQuota Scale Secret SerializedReference Service ServiceAccount \
         ServiceProxyOptions Status",
    ),
    (
        "admissionregistration.k8s.io",
        "ExternalAdmissionHookConfiguration InitializerConfiguration MutatingAdmissionPolicy \
         MutatingAdmissionPolicyBinding MutatingWebhookConfiguration ValidatingAdmissionPolicy \
         ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration",
    ),
    ("apiextensions.k8s.io", "ConversionReview CustomResourceDefinition"),
    ("apiregistration.k8s.io", "APIService"),
    ("apps", "ControllerRevision DaemonSet Deployment DeploymentRollback ReplicaSet Scale StatefulSet"),
    ("auditregistration.k8s.io", "AuditSink"),
    ("authentication.k8s.io", "SelfSubjectReview TokenRequest TokenReview"),
    (
        "authorization.k8s.io",
        "LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview",
    ),
    ("autoscaling", "HorizontalPodAutoscaler Scale"),
    ("batch", "CronJob Job JobTemplate ScheduledJob"),
    ("certificates.k8s.io", "CertificateSigningRequest ClusterTrustBundle PodCertificateRequest"),
    ("coordination.k8s.io", "Lease LeaseCandidate"),
    ("discovery.k8s.io", "EndpointSlice"),
    ("events.k8s.io", "Event"),
    (
        "extensions",
        "DaemonSet Deployment DeploymentRollback HorizontalPodAutoscaler Ingress Job NetworkPolicy \
         PodSecurityPolicy ReplicaSet ReplicationControllerDummy Scale ThirdPartyResource ThirdPartyResourceData",
    ),
    ("flowcontrol.apiserver.k8s.io", "FlowSchema PriorityLevelConfiguration"),
    ("imagepolicy.k8s.io", "ImageReview"),
    ("internal.apiserver.k8s.io", "StorageVersion"),
    ("networking.k8s.io", "ClusterCIDR IPAddress Ingress IngressClass NetworkPolicy ServiceCIDR"),
    ("node.k8s.io", "RuntimeClass"),
    ("policy", "Eviction PodDisruptionBudget PodSecurityPolicy"),
    ("rbac.authorization.k8s.io", "ClusterRole ClusterRoleBinding Role RoleBinding"),
    (
        "resource.k8s.io",
        "DeviceClass DeviceTaintRule PodScheduling PodSchedulingContext ResourceClaim ResourceClaimParameters \
         ResourceClaimTemplate ResourceClass ResourceClassParameters ResourcePoolStatusRequest ResourceSlice",
    ),
    ("scheduling.k8s.io", "PodGroup PriorityClass Workload"),
    ("settings.k8s.io", "PodPreset"),
    ("storage.k8s.io", "CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment VolumeAttributesClass"),
    ("storagemigration.k8s.io", "StorageVersionMigration"),
];

/// Says that a kind is none of its built-in group. `None` for known kinds and for groups that are not built in.
pub(crate) fn doubt(api_version: &str, kind: &str) -> Option<String> {
    let group = api_version.rsplit_once('/').map_or("", |(group, _)| group);
    let at = KINDS.binary_search_by_key(&group, |(name, _)| name).ok()?;
    let known = || KINDS[at].1.split_ascii_whitespace();
    let single = kind.strip_suffix("List").unwrap_or(kind);
    if known().any(|name| name == kind || name == single) {
        return None;
    }
    let near =
        known().map(|name| (strsim::osa_distance(name, kind), name)).min().filter(|(distance, _)| *distance <= 3);
    let elsewhere = || KINDS.iter().find(|(_, kinds)| kinds.split_ascii_whitespace().any(|name| name == kind));
    let advice = match (elsewhere(), near) {
        (Some(("", _)), _) => "; it belongs to the core group, `v1`".to_owned(),
        (Some((group, _)), _) => format!("; it belongs to `{group}`"),
        (None, Some((_, name))) => format!("; did you mean `{name}`?"),
        (None, None) => "; check apiVersion and kind".to_owned(),
    };
    Some(format!("`{kind}` is no kind of `{api_version}`{advice}"))
}
