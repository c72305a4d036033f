//! Labels that workloads and their pods should have.

use ks_control::{Context, Finding, Sink};
use ks_object::{Node, Object};

/// Reports an object, and its pod template, that have none of the labels which the input `key` lists.
pub(crate) fn report_missing<'a>(object: Object<'a>, key: &str, ctx: &Context, sink: &mut Sink<'a>) {
    let wanted = ctx.inputs.values(key);
    let template = object.template().filter(|_| object.kind() != "Pod");
    let lacking = [Some(object.node()), template].into_iter().flatten().filter(|holder| lacks(*holder, wanted));
    let label = wanted.first().map_or("YOUR_LABEL", String::as_str);
    let finding = lacking.fold(Finding::new(), |finding, holder| {
        finding.set(holder.path().fields("metadata.labels").bracket(label), "YOUR_VALUE")
    });
    if !finding.paths.fix.is_empty() {
        sink.push(finding);
    }
}

/// One of the labels is enough.
fn lacks(holder: Node<'_>, wanted: &[String]) -> bool {
    let labels = holder.at(&["metadata", "labels"]);
    !labels.is_some_and(|labels| wanted.iter().any(|key| labels.get(key).is_some()))
}
