//! ingress-nginx of versions that run snippets from annotations: CVE-2021-25742.

use crate::supply_chain::versions::{Span, Version, affected, exact, is_tagged};
use ks_control::{Check, Cluster, Context, Counts, Finding, Match, Rule, Sink};
use ks_object::{Container, List, Object};
use regex::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

pub(crate) static RULES: &[&Rule] = &[&SNIPPETS];

static SNIPPETS: Rule = Rule {
    counts: Counts::Reported,
    ..Rule::new(
        "nginx-ingress-snippet-annotation-vulnerability",
        &[Match::new(&["*"], &["*"], &["Deployment", "ConfigMap"])],
        Check::Join {
            reads: &["$pod.containers.name", "$pod.containers.image", "data.allow-snippet-annotations"],
            run,
        },
    )
};

static AFFECTED: &[Span] = &[Span(&[0], 0..49), Span(&[0, 49], 0..1), Span(&[1, 0], 0..1)];

static NUMBERS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("[0-9]+\\.[0-9]+\\.[0-9]+").ok());

fn run<'a>(cluster: &Cluster<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let off = |map: &&Object<'_>| map.node().str_at(&["data", "allow-snippet-annotations"]) == Some("false");
    let safe: HashSet<_> = cluster.kind("ConfigMap").iter().filter(off).filter_map(|map| namespace(map, ctx)).collect();
    for deployment in cluster.kind("Deployment") {
        // Without a namespace there is no telling which ConfigMap is meant.
        let open = namespace(deployment, ctx).is_some_and(|namespace| !safe.contains(namespace));
        let containers = deployment.at(&["spec", "template", "spec", "containers"]);
        for node in containers.into_iter().flat_map(|list| list.items()) {
            let container = Container::new(node, List::Main);
            let Some(image) = container.image.filter(|image| is_ingress_nginx(image)) else { continue };
            if open || is_listed(image) {
                sink.count(*deployment);
            }
            if open && version(image).is_some_and(|version| affected(version, AFFECTED)) {
                sink.push_on(*deployment, Finding::of(&container).review(container.path().key("image")));
            }
        }
    }
}

fn namespace<'a>(object: &Object<'a>, ctx: &Context) -> Option<&'a str> {
    if ctx.strict { Some(object.namespace_or_default()) } else { object.namespace() }
}

fn is_ingress_nginx(image: &str) -> bool {
    ["nginx-controller", "ingress-controller", "ingress-nginx"].iter().any(|name| image.contains(name))
        && is_tagged(image)
}

/// The first three numbers in the image's name.
fn version(image: &str) -> Option<Version> {
    exact(NUMBERS.as_ref()?.find(image)?.as_str())
}

/// Whether the tag, compared as a text, is not newer than the affected versions.
fn is_listed(image: &str) -> bool {
    let tag = image.rsplit(':').next().unwrap_or_default();
    tag <= "v0.49" || tag <= "0.49" || tag == "v1.0.0" || tag == "1.0.0"
}
