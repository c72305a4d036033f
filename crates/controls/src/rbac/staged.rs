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
