//! The shape of the staged rules: like [`Right`], and the binding must really grant the role.

use super::grants::{Right, finding, in_binding, own_subjects, pairs, role_ref_name};
use ks_control::{Grant, Sink};
use ks_object::{Node, Path};

/// What is reported of a grant.
#[derive(Debug)]
pub(crate) struct Staged {
    /// The bindings that count.
    pub place: Place,
    /// The order of a finding's paths.
    pub order: Order,
    /// The ways to be reported. Findings that say the same count once.
    pub legs: &'static [Leg],
}

/// One way to be reported: a right, and whether it may be narrowed.
#[derive(Debug)]
pub(crate) struct Leg {
    /// The right.
    pub right: Right,
    /// How far the rule that gives it may be narrowed.
    pub names: Names,
}

/// What a role's rule says about the names of resources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    /// It names none: the right holds for all of them, new ones too.
    All,
    /// It names some.
    Named,
    /// Either.
    Any,
}

/// The bindings that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// All.
    Anywhere,
    /// Those that reach the whole cluster.
    Cluster,
    /// Those that reach `kube-system`: there the pods are privileged.
    Privileged,
    /// Those of one other namespace.
    Ordinary,
}

/// The order of a finding's paths into the role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// Resources, verbs, groups, each in the order of the role.
    Listed,
    /// All together by their text.
    Sorted,
}

impl Staged {
    /// Reports every rule of the grant's role that gives one of the rights.
    pub(crate) fn check<'a>(&self, grant: &Grant<'a>, sink: &mut Sink<'a>) {
        if !self.place.covers(grant) || !pairs(grant) {
            return;
        }
        for rule in grant.rules() {
            for leg in self.legs.iter().filter(|leg| leg.given_by(rule)) {
                let mut paths = leg.right.paths(rule);
                if self.order == Order::Sorted {
                    paths.sort();
                }
                push(grant, &paths, sink);
            }
        }
    }
}

impl Leg {
    /// Whether this rule of a role gives the right in the width that is asked for.
    pub(crate) fn given_by(&self, rule: Node<'_>) -> bool {
        let wide = match self.names {
            Names::Any => true,
            Names::All => is_free(rule),
            Names::Named => !is_free(rule),
        };
        wide && self.right.given_by(rule)
    }
}

impl Place {
    /// Whether the grant's binding counts.
    pub(crate) fn covers(self, grant: &Grant<'_>) -> bool {
        let cluster = grant.binding.kind() == "ClusterRoleBinding";
        let namespace = grant.binding.namespace();
        match self {
            Self::Anywhere => true,
            Self::Cluster => cluster,
            Self::Privileged => cluster || namespace == Some("kube-system"),
            Self::Ordinary => !cluster && namespace.is_some_and(|name| name != "kube-system"),
        }
    }
}

/// Whether a rule of a role is not narrowed to named resources.
pub(crate) fn is_free(rule: Node<'_>) -> bool {
    rule.get("resourceNames").is_none_or(Node::is_empty)
}

/// Reports a grant by paths into its role, once for every entry of its subject.
pub(crate) fn push<'a>(grant: &Grant<'a>, role: &[Path], sink: &mut Sink<'a>) {
    for subject in own_subjects(grant) {
        let binding = [role_ref_name(), in_binding(subject)];
        sink.push_handle(grant.handle, finding(role.iter().cloned().chain(binding)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rbac::grants::CORE;
    use ks_control::Target;
    use ks_object::{Object, from_json};
    use serde_json::json;

    /// Cases compare sets; reports show the order.
    #[test]
    fn paths_are_in_the_order_of_reports() {
        let right = Right { verbs: &["patch"], groups: CORE, resources: &["pods/status"] };
        let legs: &'static [Leg] = Box::leak(Box::new([Leg { right, names: Names::Any }]));
        let mut resources = vec!["configmaps"; 11];
        resources[2] = "pods/status";
        resources[10] = "*";
        let role = json!({"kind": "ClusterRole", "rules": [
            {"apiGroups": ["apps", ""], "resources": resources, "verbs": ["get", "patch"]}
        ]});
        let tail = ["relatedObjects[0].roleRef.name", "relatedObjects[0].subjects[0]"];

        let listed = ["resources[2]", "resources[10]", "verbs[1]", "apiGroups[1]"];
        let sorted = ["apiGroups[1]", "resources[10]", "resources[2]", "verbs[1]"];
        for (order, expected) in [(Order::Listed, listed), (Order::Sorted, sorted)] {
            let staged = Staged { place: Place::Anywhere, order, legs };
            let expected = expected.map(|path| format!("relatedObjects[1].rules[0].{path}"));
            let expected: Vec<_> = expected.into_iter().chain(tail.map(str::to_owned)).collect();
            assert_eq!(failed(&staged, &role), [expected]);
        }
    }

    fn failed(staged: &Staged, role: &serde_json::Value) -> Vec<Vec<String>> {
        let binding =
            json!({"kind": "ClusterRoleBinding", "subjects": [{"kind": "User", "name": "jane", "apiGroup": "g"}]});
        let (binding, role) = (from_json(&binding), from_json(role));
        let mut sink = Sink::for_object(7);
        if let Some((binding, role)) = binding.root().zip(role.root()) {
            let (binding, role) = (Object::new(binding, 0), Object::new(role, 1));
            for subject in binding.at(&["subjects"]).into_iter().flat_map(Node::items) {
                staged.check(&Grant { binding, role, subject, handle: 7 }, &mut sink);
            }
        }
        let (findings, ..) = sink.into_parts();
        assert!(findings.iter().all(|(target, _)| *target == Target::Object(7)));
        findings
            .into_iter()
            .map(|(_, finding)| finding.paths.failed.into_iter().map(Path::into_string).collect())
            .collect()
    }
}
