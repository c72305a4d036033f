//! Agent sandboxes with images of unknown origin.

use super::registries::{covers, with_registry};
use super::tags::{self, FLOATING_TAGS};
use crate::workload::sandbox::{self, SANDBOX_TEMPLATE};
use ks_control::{Check, Context, Finding, Needs, Rule, Sink};
use ks_object::{Container, List, Object};

const ALLOWED: &str = "imageRepositoryAllowList";

pub(crate) static RULES: &[&Rule] = &[&REGISTRY_ALLOWLIST, &TAG_PROVENANCE];

static REGISTRY_ALLOWLIST: Rule = Rule {
    needs: Needs::Nothing,
    inputs: &[ALLOWED],
    ..Rule::new("agent-sandbox-image-registry-allowlist", SANDBOX_TEMPLATE, Check::Object(registry_allowlist))
};

static TAG_PROVENANCE: Rule = Rule {
    needs: Needs::Nothing,
    inputs: &[FLOATING_TAGS],
    ..Rule::new("agent-sandbox-image-tag-provenance", SANDBOX_TEMPLATE, Check::Object(tag_provenance))
};

fn registry_allowlist<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let allowed = ctx.inputs.values(ALLOWED);
    report(object, sink, |image| !allowed.iter().any(|entry| covers(entry, &with_registry(image))));
}

fn tag_provenance<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let moves = |tag: &str| tag == "latest" || tags::is_floating(tag, &ctx.inputs);
    report(object, sink, |image| !image.contains('@') && tags::tag(image).is_none_or(moves));
}

fn report<'a>(object: Object<'a>, sink: &mut Sink<'a>, is_bad: impl Fn(&str) -> bool) {
    let containers = [List::Main, List::Init].into_iter().flat_map(|list| sandbox::containers(object, list));
    let has_bad_image =
        |container: &Container<'_>| container.image.is_some_and(|image| !image.is_empty() && is_bad(image));
    for container in containers.filter(has_bad_image) {
        sink.push(Finding::new().failed(container.path().key("image")));
    }
}
