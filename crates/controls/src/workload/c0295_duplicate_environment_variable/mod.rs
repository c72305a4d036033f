//! Containers that set an environment variable twice.

use ks_control::{Check, Context, Finding, Needs, Rule, Sink, WORKLOADS_AND_RC};
use ks_object::{Container, Node, Pod};
use std::collections::HashMap;

pub(crate) static RULES: &[&Rule] = &[&DUPLICATES];

static DUPLICATES: Rule =
    Rule { needs: Needs::NameAndContainer, ..Rule::new("duplicate-env-var", WORKLOADS_AND_RC, Check::Pod(duplicates)) };

/// Up to here comparing each with each is cheaper than a map; above it, time would grow with the square.
const FEW: usize = 64;

fn duplicates<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    for container in pod.every_container() {
        let counts = (names(container).count() > FEW).then(|| count(container));
        let uses = |name: &str| match &counts {
            Some(counts) => counts.get(name).copied().unwrap_or_default(),
            None => names(container).filter(|other| other.text() == name).count(),
        };
        for name in names(container).filter(|name| uses(name.text()) > 1) {
            sink.push(Finding::of(container).failed(name.path()));
        }
    }
}

fn names<'a>(container: &Container<'a>) -> impl Iterator<Item = Node<'a>> + use<'a> {
    container.env.into_iter().flat_map(Node::items).filter_map(|variable| variable.get("name"))
}

fn count<'a>(container: &Container<'a>) -> HashMap<&'a str, usize> {
    let mut counts = HashMap::new();
    for name in names(container) {
        *counts.entry(name.text()).or_default() += 1;
    }
    counts
}
