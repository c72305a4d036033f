//! Images from registries that people have forbidden.

use super::registries::{begins_with, is_from};
use ks_control::{Check, Context, Finding, Needs, Rule, Sink, WORKLOADS};
use ks_object::{ImageName, Pod};

const INPUTS: &[&str] = &["publicRegistries", "untrustedRegistries"];

pub(crate) static RULES: &[&Rule] = &[&BLOCKLISTED_BY_PATTERN, &BLOCKLISTED];

static BLOCKLISTED_BY_PATTERN: Rule = Rule {
    needs: Needs::Container,
    inputs: INPUTS,
    retired: true,
    ..Rule::new("rule-identify-blocklisted-image-registries", WORKLOADS, Check::Pod(blocklisted_by_pattern))
};

static BLOCKLISTED: Rule = Rule {
    needs: Needs::Container,
    inputs: INPUTS,
    ..Rule::new("rule-identify-blocklisted-image-registries-v1", WORKLOADS, Check::Pod(blocklisted))
};

fn blocklisted_by_pattern<'a>(pod: &Pod<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    report(pod, ctx, sink, is_from);
}

fn blocklisted<'a>(pod: &Pod<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let is_listed =
        |image: &str, entry: &str| ImageName::parse(image).is_ok_and(|name| begins_with(&name.parts(), entry));
    report(pod, ctx, sink, is_listed);
}

fn report<'a>(pod: &Pod<'a>, ctx: &Context, sink: &mut Sink<'a>, is_listed: impl Fn(&str, &str) -> bool) {
    for container in pod.containers() {
        let Some(image) = container.image else { continue };
        let mut entries = INPUTS.iter().flat_map(|key| ctx.inputs.values(key));
        if entries.any(|entry| is_listed(image, entry)) {
            sink.push(Finding::of(container).review(container.path().key("image")));
        }
    }
}
