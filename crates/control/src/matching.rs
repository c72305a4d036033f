//! Which objects a rule looks at.

/// A cross product of API groups, versions and resources; `*` stands for any group or version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// API groups; `""` is the core group.
    pub groups: &'static [&'static str],
    /// API versions without their group.
    pub versions: &'static [&'static str],
    /// Kinds or plural resource names, in any case.
    pub resources: &'static [&'static str],
}

impl Match {
    /// A match of one group and one version.
    #[must_use]
    pub const fn new(
        groups: &'static [&'static str],
        versions: &'static [&'static str],
        resources: &'static [&'static str],
    ) -> Self {
        Self { groups, versions, resources }
    }

    /// Whether an object of this group, version and kind is meant.
    #[must_use]
    pub fn covers(&self, group: &str, version: &str, kind: &str) -> bool {
        let listed = |list: &[&str], value: &str| list.iter().any(|one| *one == "*" || *one == value);
        listed(self.groups, group) && listed(self.versions, version) && self.covers_kind(kind)
    }

    /// Whether objects of this kind are meant, whatever their group and version.
    #[must_use]
    pub fn covers_kind(&self, kind: &str) -> bool {
        self.resources.iter().any(|resource| is_resource(resource, kind))
    }
}

/// Whether `resource` is this kind or the plural of it.
fn is_resource(resource: &str, kind: &str) -> bool {
    if resource == "*" || resource.eq_ignore_ascii_case(kind) {
        return true;
    }
    let lower = kind.to_ascii_lowercase();
    let plural = match lower.as_bytes() {
        [.., b's' | b'x'] | [.., b'c' | b's', b'h'] => format!("{lower}es"),
        [stem @ .., before, b'y'] if !b"aeiou".contains(before) => {
            format!("{}{}ies", String::from_utf8_lossy(stem), *before as char)
        }
        _ => format!("{lower}s"),
    };
    resource.eq_ignore_ascii_case(&plural)
}

const APPS: &[&str] = &["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"];

/// Everything that runs pods by itself: Pod, apps/v1 workloads, Job, CronJob.
pub const WORKLOADS: &[Match] = &[
    Match::new(&[""], &["v1"], &["Pod"]),
    Match::new(&["apps"], &["v1"], APPS),
    Match::new(&["batch"], &["*"], &["Job", "CronJob"]),
];

/// [`WORKLOADS`] and ReplicationController.
pub const WORKLOADS_AND_RC: &[Match] = &[
    Match::new(&[""], &["v1"], &["Pod", "ReplicationController"]),
    Match::new(&["apps"], &["v1"], APPS),
    Match::new(&["batch"], &["*"], &["Job", "CronJob"]),
];

/// Bare pods.
pub const POD: &[Match] = &[Match::new(&[""], &["v1"], &["Pod"])];

/// Namespaces.
pub const NAMESPACE: &[Match] = &[Match::new(&[""], &["v1"], &["Namespace"])];

/// Nodes.
pub const NODE: &[Match] = &[Match::new(&[""], &["v1"], &["Node"])];

/// Services.
pub const SERVICE: &[Match] = &[Match::new(&[""], &["v1"], &["Service"])];

/// Roles and their bindings; rules over grants see subjects instead.
pub const RBAC: &[Match] = &[Match::new(
    &["rbac.authorization.k8s.io"],
    &["v1"],
    &["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"],
)];

/// Both kinds of role binding.
pub const BINDINGS: &[Match] =
    &[Match::new(&["rbac.authorization.k8s.io"], &["v1"], &["RoleBinding", "ClusterRoleBinding"])];
