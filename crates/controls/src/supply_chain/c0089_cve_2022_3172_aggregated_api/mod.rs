//! API servers that follow redirects of aggregated API servers: CVE-2022-3172.

use crate::supply_chain::versions::{Span, Version, affected, exact};
use ks_control::{Check, Cluster, Context, Counts, Finding, Match, Needs, Rule, Sink};
use ks_object::{Node, Object};

pub(crate) static RULES: &[&Rule] = &[&REDIRECT];

static REDIRECT: Rule = Rule {
    counts: Counts::If(is_aggregated),
    needs: Needs::Nothing,
    ..Rule::new(
        "CVE-2022-3172",
        &[
            Match::new(&["apiregistration.k8s.io"], &["v1"], &["APIService"]),
            Match::new(&[""], &["v1"], &["Service"]),
            Match::new(&["apiserverinfo.kubescape.cloud"], &["v1beta0"], &["APIServerInfo"]),
        ],
        Check::Join { reads: &["spec.service", "data.gitVersion"], run },
    )
};

static AFFECTED: &[Span] = &[
    Span(&[], 0..1),
    Span(&[1], 0..21),
    Span(&[1, 21], 0..15),
    Span(&[1, 22], 0..14),
    Span(&[1, 23], 0..11),
    Span(&[1, 24], 0..5),
    Span(&[1, 25], 0..1),
];

fn is_aggregated(object: Object<'_>, _: &Context) -> bool {
    object.kind() == "APIService" && object.at(&["spec", "service"]).is_some_and(Node::truthy)
}

fn run<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    // A version that is not known counts as affected.
    if version(cluster).is_some_and(|version| !affected(version, AFFECTED)) {
        return;
    }
    let services = cluster.by_name("Service");
    for api in cluster.kind("APIService") {
        let name = api.node().str_at(&["spec", "service", "name"]);
        if let Some([service]) = name.and_then(|name| services.get(name)).map(Vec::as_slice) {
            sink.push_on(*api, Finding::new());
            sink.push_on(*service, Finding::new());
        }
    }
}

/// What the only information about the API server says.
fn version(cluster: &Cluster<'_>) -> Option<Version> {
    let mut infos = cluster.kind("APIServerInfo").iter().filter(|info| info.name() == Some("version"));
    let info = infos.next().filter(|_| infos.next().is_none())?;
    let text = info.node().str_at(&["data", "gitVersion"])?;
    exact(text.split(['-', '+']).next()?.trim_start_matches('v'))
}
