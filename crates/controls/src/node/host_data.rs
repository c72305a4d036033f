//! What collectors report of nodes: the kinds of it and the findings about it.

use ks_control::{Check, Context, External, Finding, Match, Needs, Rule, Sink};
use ks_object::{Kind, Node, Object};
use serde_json::Value;

/// The kubelet of a node.
pub(crate) const KUBELET: &[Match] = &[host_data(&["KubeletInfo"])];
/// The service proxy of a node.
pub(crate) const KUBE_PROXY: &[Match] = &[host_data(&["KubeProxyInfo"])];
/// The control plane's programs and files on a node.
pub(crate) const CONTROL_PLANE: &[Match] = &[host_data(&["ControlPlaneInfo"])];
/// The network plugins of a node.
pub(crate) const CNI: &[Match] = &[host_data(&["CNIInfo"])];

/// Host data of these kinds.
pub(crate) const fn host_data(kinds: &'static [&'static str]) -> Match {
    Match::new(&["hostdata.kubescape.cloud"], &["v1beta0"], kinds)
}

/// A rule over host data.
pub(crate) const fn rule(
    name: &'static str,
    matches: &'static [Match],
    check: for<'a> fn(Object<'a>, &Context, &mut Sink<'a>),
) -> Rule {
    Rule { needs: Needs::Nothing, ..Rule::new(name, matches, Check::Object(check)) }
}

/// The node fails: what is said of it, with these fields alone, stands for it.
pub(crate) fn fail<'a>(object: Object<'a>, fields: &[&str], finding: Finding, sink: &mut Sink<'a>) {
    let fields: Vec<_> = ["apiVersion", "kind", "metadata"].iter().chain(fields).copied().collect();
    sink.push_external(External::part_of(object, &fields), finding);
}

/// The values at a place of the host data: the one there, or each element of the list there.
pub(crate) fn values<'a>(object: Object<'a>, place: &[&str]) -> impl Iterator<Item = Node<'a>> + use<'a> {
    let value = object.at(&["data"]).and_then(|data| data.at(place));
    let listed = value.into_iter().flat_map(Node::items);
    value.filter(|value| value.kind() != Kind::Seq).into_iter().chain(listed)
}

/// The node fails for what is said in one of the [`values`] of a place: a copy without anything else stands for it.
pub(crate) fn fail_value<'a>(
    object: Object<'a>,
    place: &[&str],
    (value, copy): (Node<'a>, Value),
    finding: Finding,
    sink: &mut Sink<'a>,
) {
    let value = if value.index().is_some() { Value::Array(vec![copy]) } else { copy };
    let data = place.iter().rev().fold(value, |value, key| serde_json::json!({ *key: value }));
    let external = External::part_of(object, &["apiVersion", "kind", "metadata"]).with("data", data);
    sink.push_external(external, finding);
}
