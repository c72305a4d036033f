//! Nodes with another operating system than Bottlerocket.

use ks_control::{Check, Context, Finding, NODE, Rule, Sink};
use ks_object::Object;

pub(crate) static RULES: &[&Rule] = &[&BOTTLEROCKET];

static BOTTLEROCKET: Rule = Rule::new("alert-container-optimized-os-not-in-use", NODE, Check::Object(bottlerocket));

fn bottlerocket<'a>(node: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    let image = node.at(&["status", "nodeInfo", "osImage"]);
    if let Some(image) = image.filter(|image| !image.text().starts_with("Bottlerocket")) {
        sink.push(Finding::new().failed(image.path()));
    }
}
