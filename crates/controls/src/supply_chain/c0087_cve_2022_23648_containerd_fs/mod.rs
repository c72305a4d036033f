//! Nodes whose containerd lets an image read files of the host: CVE-2022-23648.

use crate::supply_chain::versions::{Span, affected, exact, lenient};
use ks_control::{Check, Context, Finding, NODE, Needs, Rule, Sink};
use ks_object::Object;

pub(crate) static RULES: &[&Rule] = &[&CONTAINERD];

static CONTAINERD: Rule =
    Rule { needs: Needs::Nothing, ..Rule::new("CVE-2022-23648", NODE, Check::Object(containerd)) };

static AFFECTED: &[Span] =
    &[Span(&[], 0..1), Span(&[1], 0..4), Span(&[1, 4], 0..12), Span(&[1, 5], 0..10), Span(&[1, 6], 0..1)];

fn containerd<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let Some(field) = object.at(&["status", "nodeInfo", "containerRuntimeVersion"]) else { return };
    let text = field.str().and_then(|text| text.strip_prefix("containerd://"));
    let version = text.and_then(if ctx.strict { lenient } else { exact });
    if version.is_some_and(|version| affected(version, AFFECTED)) {
        sink.push(Finding::new().review(field.path()));
    }
}
