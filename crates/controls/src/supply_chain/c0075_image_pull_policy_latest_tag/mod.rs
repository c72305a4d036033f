//! Moving tags that are not pulled anew.

use super::tags::{self, FLOATING_TAGS};
use ks_control::{Check, Context, Finding, Needs, Rule, Sink, WORKLOADS};
use ks_object::{Node, Pod};

pub(crate) static RULES: &[&Rule] = &[&PULL_POLICY];

static PULL_POLICY: Rule = Rule {
    needs: Needs::NameAndContainer,
    inputs: &[FLOATING_TAGS],
    ..Rule::new("image-pull-policy-is-not-set-to-always", WORKLOADS, Check::Pod(pull_policy))
};

fn pull_policy<'a>(pod: &Pod<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    for container in pod.containers() {
        let keeps = matches!(container.get("imagePullPolicy").and_then(Node::str), Some("Never" | "IfNotPresent"));
        let Some(image) = container.image.filter(|_| keeps) else { continue };
        let floats = tags::tag(image).is_some_and(|tag| tags::is_floating(tag, &ctx.inputs));
        if floats || is_latest(image) {
            let path = container.path();
            sink.push(Finding::of(container).review(path.clone().key("image")).review(path.key("imagePullPolicy")));
        }
    }
}

/// Whether an image is of the tag `latest`, written or not. A digest counts as a tag, a registry's port does not.
fn is_latest(image: &str) -> bool {
    let mut tags = image.split(':').skip(1).filter_map(|rest| {
        let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let len = rest.find(|c: char| !word(c) && c != '.' && c != '-').unwrap_or(rest.len()).min(128);
        (rest.starts_with(word) && !rest[len..].starts_with('/')).then(|| &rest[..len])
    });
    tags.next().is_none_or(|first| first == "latest" || tags.any(|tag| tag == "latest"))
}
