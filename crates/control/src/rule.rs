//! What runs.

use crate::{Cluster, Context, Grant, Match, Sink};
use ks_object::{Object, Pod};

/// The part of a control that runs.
#[derive(Debug)]
pub struct Rule {
    /// Its name in reports.
    pub name: &'static str,
    /// The objects it looks at.
    pub matches: &'static [Match],
    /// Which of these a join needs at all; `None` for every one. The others are not kept in memory.
    pub keeps: Option<fn(Object<'_>) -> bool>,
    /// Objects it looks at besides under `--strict`: those that its list of matches has always lacked. Cases evaluated
    /// by name have them, too.
    pub strict_matches: &'static [Match],
    /// Which of these get a verdict.
    pub counts: Counts,
    /// What an object must have for a finding to be reported.
    pub needs: Needs,
    /// The input keys it reads.
    pub inputs: &'static [&'static str],
    /// A question about the whole cluster that decides whether the rule's findings stand.
    pub gate: Option<Gating>,
    /// Superseded: kept for evaluation by name, not run in scans.
    pub retired: bool,
    /// The check itself.
    pub check: Check,
}

impl Rule {
    /// A rule over pod specs that counts every object it looks at; adjust with struct update syntax.
    #[must_use]
    pub const fn new(name: &'static str, matches: &'static [Match], check: Check) -> Self {
        Self {
            name,
            matches,
            keeps: None,
            strict_matches: &[],
            counts: Counts::Matched,
            needs: Needs::Name,
            inputs: &[],
            gate: None,
            retired: false,
            check,
        }
    }

    /// Whether the rule looks at objects of this group, version and kind.
    #[must_use]
    pub fn covers(&self, group: &str, version: &str, kind: &str) -> bool {
        self.matches.iter().any(|one| one.covers(group, version, kind))
    }
}

/// A check over the whole cluster.
pub type ClusterCheck = for<'a> fn(&Cluster<'a>, &Context, &mut Sink<'a>);

/// The check of a rule, by what it looks at.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// One pod spec, whatever object carries it. Objects without one pass.
    Pod(for<'a> fn(&Pod<'a>, &Context, &mut Sink<'a>)),
    /// One object.
    Object(for<'a> fn(Object<'a>, &Context, &mut Sink<'a>)),
    /// One subject to whom one role is granted by one binding. The subjects are the resources, not the RBAC objects.
    Grant(for<'a> fn(&Grant<'a>, &Context, &mut Sink<'a>)),
    /// All grants of the cluster together.
    Grants(for<'a> fn(&[Grant<'a>], &Context, &mut Sink<'a>)),
    /// Objects that only together make a finding. `reads` names the fields that are kept of each matched object once
    /// it is read (dotted; `$pod.` and `$template.` stand for the pod spec's and pod template's prefix, `*` for all).
    Join {
        /// The fields that `run` reads besides names, namespace, kind and version.
        reads: &'static [&'static str],
        /// The check.
        run: ClusterCheck,
    },
}

/// Which of the objects that a rule looks at get a verdict (a pass, unless a finding names them).
#[derive(Debug, Clone, Copy)]
pub enum Counts {
    /// All of them, helpers of a join too.
    Matched,
    /// Those that these matches cover.
    Only(&'static [Match]),
    /// Those for which this holds.
    If(fn(Object<'_>, &Context) -> bool),
    /// Those that a join counts itself with [`Sink::count`].
    Reported,
}

/// What an object must have for a finding to be reported. Without `--strict` a finding lacks its message otherwise,
/// and one without message is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// `metadata.name`
    Name,
    /// The finding's container has a name.
    Container,
    /// Both of these.
    NameAndContainer,
    /// `metadata.name` and `metadata.namespace`
    NameAndNamespace,
}

/// A question about the whole cluster.
#[derive(Debug, Clone, Copy)]
pub struct Gating {
    /// The objects that it looks at; they are not counted by that.
    pub matches: &'static [Match],
    /// The fields it reads of them, as in [`Check::Join`].
    pub reads: &'static [&'static str],
    /// Answers it.
    pub ask: for<'a> fn(&Cluster<'a>, &Context) -> Gate,
}

/// The answer of a [`Gating`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// Findings stand.
    Stands,
    /// No object fails.
    AllPass,
    /// No object is even counted.
    NoneCount,
}
