//! The frameworks. Which controls they have stands in the controls' documents.

use crate::registry::members;
use ks_control::{Framework, Scope};
use std::sync::LazyLock;

const ANY: &[Scope] = &[];
const CLUSTER_AND_FILE: &[Scope] = &[Scope::Cluster, Scope::File];
const AKS: &[Scope] = &[Scope::Aks];
const EKS: &[Scope] = &[Scope::Eks];
const GKE: &[Scope] = &[Scope::Gke];

/// Names, scopes and whether `list frameworks` shows them, sorted by name.
const FRAMEWORKS: &[(&str, &[Scope], bool)] = &[
    ("AllControls", CLUSTER_AND_FILE, true),
    ("ArmoBest", CLUSTER_AND_FILE, true),
    ("ClusterScan", ANY, false),
    ("DevOpsBest", CLUSTER_AND_FILE, true),
    ("MITRE", CLUSTER_AND_FILE, true),
    ("NSA", CLUSTER_AND_FILE, true),
    ("SOC2", CLUSTER_AND_FILE, true),
    ("Staged", CLUSTER_AND_FILE, true),
    ("WorkloadScan", ANY, false),
    ("cis-aks-t1.2.0", AKS, true),
    ("cis-aks-t1.8.0", AKS, true),
    ("cis-eks-t1.7.0", EKS, true),
    ("cis-eks-t1.8.0", EKS, true),
    ("cis-gke-v1.9.0", GKE, true),
    ("cis-v1.10.0", CLUSTER_AND_FILE, true),
    ("cis-v1.12.0", CLUSTER_AND_FILE, true),
    ("security", CLUSTER_AND_FILE, false),
];

/// All frameworks, sorted by name.
pub(crate) static ALL: LazyLock<Vec<Framework>> = LazyLock::new(|| {
    let framework = |&(name, scopes, listed)| Framework { name, scopes, listed, controls: members(name) };
    FRAMEWORKS.iter().map(framework).collect()
});
