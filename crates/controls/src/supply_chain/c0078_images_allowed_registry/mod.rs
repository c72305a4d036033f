//! Images from registries that people have not allowed.

use super::registries::{begins_with, covers, is_from};
use ks_control::{Check, Context, Finding, Needs, Rule, Sink, WORKLOADS};
use ks_object::{Container, ImageName, Pod};

const ALLOWED: &str = "imageRepositoryAllowList";

pub(crate) static RULES: &[&Rule] = &[&REPOSITORY_BY_PATTERN, &REPOSITORY];

static REPOSITORY_BY_PATTERN: Rule = Rule {
    needs: Needs::Container,
    inputs: &[ALLOWED],
    retired: true,
    ..Rule::new("container-image-repository", WORKLOADS, Check::Pod(repository_by_pattern))
};

static REPOSITORY: Rule = Rule {
    needs: Needs::Container,
    inputs: &[ALLOWED],
    ..Rule::new("container-image-repository-v1", WORKLOADS, Check::Pod(repository))
};

fn repository_by_pattern<'a>(pod: &Pod<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    for container in pod.containers() {
        let Some(image) = container.image else { continue };
        if !ctx.inputs.values(ALLOWED).iter().any(|entry| is_from(image, entry)) {
            report(container, sink);
        }
    }
}

fn repository<'a>(pod: &Pod<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let allows: fn(&str, &[&str]) -> bool = if ctx.strict { covers } else { |entry, name| begins_with(name, entry) };
    for container in pod.containers() {
        let Some(name) = container.image.and_then(|image| ImageName::parse(image).ok()) else { continue };
        if !ctx.inputs.values(ALLOWED).iter().any(|entry| allows(entry, &name.parts())) {
            report(container, sink);
        }
    }
}

fn report(container: &Container<'_>, sink: &mut Sink<'_>) {
    sink.push(Finding::of(container).review(container.path().key("image")));
}
