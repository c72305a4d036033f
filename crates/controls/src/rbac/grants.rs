//! What a role allows a subject to do: the shape that most rules over grants share.
//!
//! A grant's findings are paths into its binding (`relatedObjects[0]`) and its role (`relatedObjects[1]`).

use ks_control::{Check, Context, Finding, Grant, Needs, RBAC, Rule, Sink};
use ks_object::{Node, Path};

/// The core API group.
pub(crate) const CORE: &[&str] = &[""];

/// What one rule of a role must allow: something of each list. `*` in the role counts for every list.
#[derive(Debug)]
pub(crate) struct Right {
    /// Any of these verbs.
    pub verbs: &'static [&'static str],
    /// In any of these API groups.
    pub groups: &'static [&'static str],
    /// On any of these resources, written as roles write them.
    pub resources: &'static [&'static str],
}

/// The check of a rule over single grants.
type GrantCheck = for<'a> fn(&Grant<'a>, &Context, &mut Sink<'a>);

/// A rule over single grants. Its findings need no name: a subject without one is nobody.
pub(crate) const fn rule(name: &'static str, check: GrantCheck) -> Rule {
    Rule { needs: Needs::Nothing, ..Rule::new(name, RBAC, Check::Grant(check)) }
}

impl Right {
    /// Whether this rule of a role gives the right; `resourceNames` are not looked at.
    pub(crate) fn given_by(&self, rule: Node<'_>) -> bool {
        self.lists().iter().all(|(key, wanted)| hits(rule, key, wanted).next().is_some())
    }

    /// The paths of all that gives the right: resources, then verbs, then groups.
    pub(crate) fn paths(&self, rule: Node<'_>) -> Vec<Path> {
        self.lists().iter().flat_map(|(key, wanted)| hits(rule, key, wanted)).map(in_role).collect()
    }

    /// Reports every rule of the grant's role that gives the right.
    pub(crate) fn check<'a>(&self, grant: &Grant<'a>, sink: &mut Sink<'a>) {
        self.check_where(|_| true, grant, sink);
    }

    /// [`Right::check`] of those rules of the role for which `counts` holds.
    pub(crate) fn check_where<'a>(&self, counts: fn(Node<'a>) -> bool, grant: &Grant<'a>, sink: &mut Sink<'a>) {
        self.report(counts, Finding::review, grant, sink);
    }

    /// [`Right::check`] where deleting what is reported mends it.
    pub(crate) fn check_deletable<'a>(&self, grant: &Grant<'a>, sink: &mut Sink<'a>) {
        self.report(|_| true, Finding::delete, grant, sink);
    }

    fn report<'a>(
        &self,
        counts: fn(Node<'a>) -> bool,
        mark: fn(Finding, Path) -> Finding,
        grant: &Grant<'a>,
        sink: &mut Sink<'a>,
    ) {
        for rule in grant.rules().filter(|rule| self.given_by(*rule) && counts(*rule)) {
            for subject in own_subjects(grant) {
                let binding = [in_binding(subject), role_ref_name()];
                sink.push(self.paths(rule).into_iter().chain(binding).fold(Finding::new(), mark));
            }
        }
    }

    /// The lists in the order in which findings name them.
    fn lists(&self) -> [(&'static str, &'static [&'static str]); 3] {
        [("resources", self.resources), ("verbs", self.verbs), ("apiGroups", self.groups)]
    }
}

/// The entries of one list of a role's rule that are wanted or `*`.
pub(crate) fn hits<'a>(
    rule: Node<'a>,
    key: &str,
    wanted: &'static [&'static str],
) -> impl Iterator<Item = Node<'a>> + use<'a> {
    let is_hit = |entry: &Node<'_>| entry.str().is_some_and(|text| text == "*" || wanted.contains(&text));
    rule.get(key).into_iter().flat_map(Node::items).filter(is_hit)
}

/// Whether the binding's reference reaches the role: a Role counts in its own namespace alone.
///
/// Unless `--strict` is given, grants are made by the role's name and kind, whatever the namespaces.
pub(crate) fn pairs(grant: &Grant<'_>) -> bool {
    grant.role.kind() == "ClusterRole" || grant.role.same_namespace(&grant.binding)
}

/// The entries of the binding's subjects that are the grant's subject. One that has neither a namespace nor an API
/// group has none: which one it is cannot be told.
pub(crate) fn own_subjects<'a>(grant: &Grant<'a>) -> impl Iterator<Item = Node<'a>> + use<'a> {
    let own = grant.subject;
    grant.subjects().filter(move |other| {
        let same = |key| own.get(key).is_some_and(|value| other.get(key) == Some(value));
        same("kind") && same("name") && (same("namespace") || same("apiGroup"))
    })
}

/// A finding about a grant: all paths are for a person to look at.
pub(crate) fn finding(paths: impl IntoIterator<Item = Path>) -> Finding {
    paths.into_iter().fold(Finding::new(), Finding::review)
}

/// The path of a value in the grant's binding.
pub(crate) fn in_binding(node: Node<'_>) -> Path {
    related(0, node)
}

/// The path of a value in the grant's role.
pub(crate) fn in_role(node: Node<'_>) -> Path {
    related(1, node)
}

/// The path of the binding's reference to its role.
pub(crate) fn role_ref_name() -> Path {
    Path::verbatim("relatedObjects[0].roleRef.name")
}

fn related(index: usize, node: Node<'_>) -> Path {
    Path::root().key("relatedObjects").index(index).fields(node.path().as_str())
}
