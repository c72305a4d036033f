//! Documents of rendered templates: cutting, hooks, order.

use crate::error::Error;
use ks_object::Node;
use ks_yaml::{Limits, decode};

/// A rendered document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The template that it comes from, as in Helm's `# Source:`.
    pub source: String,
    /// Its text.
    pub text: String,
    /// What it is to Helm.
    pub role: Role,
}

/// What a document is to Helm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A definition from the folder `crds`.
    Crd,
    /// An object like any other.
    Object,
    /// An object that Helm creates at a certain moment.
    Hook,
}

const LIMITS: Limits = Limits { max_depth: 500, max_values: 5_000_000 };

/// The order in which Helm creates kinds; others come behind, by name.
const ORDER: [&str; 36] = [
    "PriorityClass",
    "Namespace",
    "NetworkPolicy",
    "ResourceQuota",
    "LimitRange",
    "PodSecurityPolicy",
    "PodDisruptionBudget",
    "ServiceAccount",
    "Secret",
    "SecretList",
    "ConfigMap",
    "StorageClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "CustomResourceDefinition",
    "ClusterRole",
    "ClusterRoleList",
    "ClusterRoleBinding",
    "ClusterRoleBindingList",
    "Role",
    "RoleList",
    "RoleBinding",
    "RoleBindingList",
    "Service",
    "DaemonSet",
    "Pod",
    "ReplicationController",
    "ReplicaSet",
    "Deployment",
    "HorizontalPodAutoscaler",
    "StatefulSet",
    "Job",
    "CronJob",
    "IngressClass",
    "Ingress",
    "APIService",
];

const HOOKS: [&str; 10] = [
    "pre-install",
    "post-install",
    "pre-delete",
    "post-delete",
    "pre-upgrade",
    "post-upgrade",
    "pre-rollback",
    "post-rollback",
    "test",
    "test-success",
];

/// Cuts rendered templates into documents and puts them in Helm's order.
pub(crate) fn sorted(rendered: &[(String, String)]) -> Result<Vec<Manifest>, Error> {
    let mut found = Vec::new();
    for (source, text) in rendered {
        for part in split(text) {
            if let Some((kind, role)) = head(source, part)? {
                found.push((kind, Manifest { source: source.clone(), text: format!("{part}\n"), role }));
            }
        }
    }
    // Stable: documents of one kind stay as they stand.
    found.sort_by(|(a, one), (b, other)| {
        let rank = |kind: &str| ORDER.iter().position(|known| *known == kind).unwrap_or(ORDER.len());
        let unknown = |kind: &str| if rank(kind) == ORDER.len() { kind.to_owned() } else { String::new() };
        one.role.cmp(&other.role).then(rank(a).cmp(&rank(b))).then_with(|| unknown(a).cmp(&unknown(b)))
    });
    Ok(found.into_iter().map(|(_, manifest)| manifest).collect())
}

/// Cuts at lines that begin with `---`. What follows on such a line belongs to the next document.
pub(crate) fn split(text: &str) -> Vec<&str> {
    let text = text.trim();
    let mut parts = Vec::new();
    let (mut start, mut line_start) = (0, 0);
    loop {
        let line = &text[line_start..];
        if line.starts_with("---") {
            parts.push(text[start..line_start].trim_end());
            start = line_start + 3;
        }
        match memchr(line) {
            Some(end) => line_start += end + 1,
            None => break,
        }
    }
    parts.push(&text[start..]);
    parts
        .into_iter()
        .filter(|part| !part.trim().is_empty())
        .map(|part| part.trim_start_matches(['\n', '\r', ' ']))
        .collect()
}

fn memchr(text: &str) -> Option<usize> {
    text.bytes().position(|byte| byte == b'\n')
}

/// Kind and role of a document; `None` for one that Helm drops.
fn head(source: &str, text: &str) -> Result<Option<(String, Role)>, Error> {
    let tree = decode(text, LIMITS)
        .map_err(|problem| Error::Manifest { path: source.to_owned(), problem: problem.to_string() })?;
    // Nothing but comments.
    let Some(root) = tree.as_ref().and_then(|tree| tree.root()) else { return Ok(None) };
    let text_at = |keys: &[&str]| root.str_at(keys).map(str::to_owned);
    well_formed(source, root)?;
    let kind = text_at(&["kind"]).unwrap_or_default();
    let Some(hooks) = text_at(&["metadata", "annotations", "helm.sh/hook"]) else {
        return Ok(Some((kind, Role::Object)));
    };
    let known = |hook: &str| HOOKS.contains(&hook.trim().to_ascii_lowercase().as_str());
    Ok(hooks.split(',').all(known).then_some((kind, Role::Hook)))
}

/// Helm reads every document into a struct: these fields must have their types.
fn well_formed(source: &str, root: Node<'_>) -> Result<(), Error> {
    let wrong = |field: &str, wanted: &str| Error::Manifest {
        path: source.to_owned(),
        problem: format!("{field} must be {wanted}"),
    };
    use ks_object::Kind;
    if root.kind() != Kind::Map {
        return Err(wrong("the document", "a mapping"));
    }
    let Some(metadata) = root.get("metadata") else { return Ok(()) };
    match metadata.kind() {
        Kind::Null => return Ok(()),
        Kind::Map => {}
        _ => return Err(wrong("metadata", "a mapping")),
    }
    let Some(annotations) = metadata.get("annotations") else { return Ok(()) };
    match annotations.kind() {
        Kind::Null => Ok(()),
        Kind::Map => {
            let nested = annotations.children().any(|value| matches!(value.kind(), Kind::Map | Kind::Seq));
            if nested { Err(wrong("metadata.annotations", "a mapping of texts")) } else { Ok(()) }
        }
        _ => Err(wrong("metadata.annotations", "a mapping")),
    }
}
