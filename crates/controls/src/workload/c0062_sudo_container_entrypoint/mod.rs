//! Containers that start through sudo.

use ks_control::{Check, Context, Finding, Needs, Rule, Sink, WORKLOADS};
use ks_object::{Node, Pod};

pub(crate) static RULES: &[&Rule] = &[&SUDO];

static SUDO: Rule =
    Rule { needs: Needs::NameAndContainer, ..Rule::new("sudo-in-container-entrypoint", WORKLOADS, Check::Pod(sudo)) };

fn sudo<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    for container in pod.containers() {
        let words = container.get("command").into_iter().flat_map(Node::items);
        let mut hits = words.filter(|word| word.str().is_some_and(|text| text.contains("sudo"))).peekable();
        if hits.peek().is_some() {
            sink.push(hits.fold(Finding::of(container), |finding, word| finding.review(word.path())));
        }
    }
}
