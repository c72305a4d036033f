//! PodSecurityPolicies: a pod needs only one that lets it in, so they fail together or not at all.

use ks_control::{Check, Cluster, ClusterCheck, Finding, Match, Rule, Sink};
use ks_object::{Node, Object};

static POLICIES: &[Match] = &[Match::new(&["policy"], &["v1beta1"], &["PodSecurityPolicy"])];

/// A rule over all policies that reads these fields of them.
pub(crate) const fn rule(name: &'static str, reads: &'static [&'static str], run: ClusterCheck) -> Rule {
    Rule::new(name, POLICIES, Check::Join { reads, run })
}

/// Reports every policy, unless there is one for which `finding` has nothing to say.
pub(crate) fn report_all<'a>(
    cluster: &Cluster<'a>,
    sink: &mut Sink<'a>,
    finding: impl Fn(&Object<'a>) -> Option<Finding>,
) {
    let findings: Option<Vec<_>> = cluster.objects().map(|policy| Some((policy, finding(&policy)?))).collect();
    for (policy, finding) in findings.into_iter().flatten() {
        sink.push_on(policy, finding);
    }
}

/// Reports every policy, unless there is one that does not allow `key`.
pub(crate) fn report_allowed<'a>(key: &str, cluster: &Cluster<'a>, sink: &mut Sink<'a>) {
    report_all(cluster, sink, |policy| {
        let switch = policy.at(&["spec", key]).filter(|switch| switch.is(true));
        switch.map(Node::path).map(|path| Finding::new().delete(path))
    });
}
