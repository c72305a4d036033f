//! Groups of a pod: who owns its volumes, and that root's group is not among them.

use ks_control::{Check, Context, Finding, Rule, Sink, WORKLOADS};
use ks_object::{Kind, Node, Pod};
use regex::Regex;

pub(super) static FS_GROUP: Rule = Rule::new("set-fsgroup-value", WORKLOADS, Check::Pod(fs_group));

pub(super) static FS_GROUP_CHANGE_POLICY: Rule =
    Rule::new("set-fsgroupchangepolicy-value", WORKLOADS, Check::Pod(fs_group_change_policy));

pub(super) static SUPPLEMENTAL_GROUPS: Rule =
    Rule::new("set-supplementalgroups-values", WORKLOADS, Check::Pod(supplemental_groups));

fn fs_group<'a>(pod: &Pod<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    report(pod, ctx, sink, "fsGroup", "YOUR_VALUE", |field| match field.kind() {
        Kind::Null | Kind::Bool => false,
        Kind::Int | Kind::Float => field.float().is_some_and(|group| group >= 0.0),
        Kind::Str | Kind::Seq | Kind::Map => !ctx.strict,
    });
}

fn fs_group_change_policy<'a>(pod: &Pod<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    report(pod, ctx, sink, "fsGroupChangePolicy", "Always", |field| match field.str() {
        Some("Always" | "OnRootMismatch") => true,
        Some(other) => !ctx.strict && is_pattern_of_a_policy(other),
        None => false,
    });
}

/// Reports a pod whose security context lacks a good value at `key`. A pod without any security context is reported
/// by strict evaluation only.
fn report<'a>(
    pod: &Pod<'a>,
    ctx: &Context,
    sink: &mut Sink<'a>,
    key: &str,
    fix: &str,
    good: impl Fn(Node<'a>) -> bool,
) {
    let context = pod.security_context();
    let is_good = context.and_then(|it| it.get(key)).is_some_and(good);
    if !is_good && (context.is_some() || ctx.strict) {
        sink.push(Finding::new().set(pod.path().key("securityContext").key(key), fix));
    }
}

/// The value is taken for a pattern and the allowed values for its text, so that `On` or an empty value will do.
fn is_pattern_of_a_policy(value: &str) -> bool {
    Regex::new(value).is_ok_and(|pattern| pattern.is_match("Always|OnRootMismatch"))
}

fn supplemental_groups<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    let Some(groups) = pod.security_context().and_then(|it| it.get("supplementalGroups")) else { return };
    if groups.items().any(|group| group.int() == Some(0)) {
        sink.push(Finding::new().failed(groups.path()).set(groups.path(), "REMOVE_GROUP_0"));
    }
}
