//! Agent sandboxes: templates of pods that run code which nobody has read.

use ks_control::Match;
use ks_object::{Container, List, Node, Object};

/// Templates of agent sandboxes.
pub(crate) const SANDBOX_TEMPLATE: &[Match] =
    &[Match::new(&["extensions.agents.x-k8s.io"], &["v1beta1"], &["SandboxTemplate"])];

/// The pod spec of a template, which is no pod template of Kubernetes' own.
pub(crate) fn spec(object: Object<'_>) -> Option<Node<'_>> {
    object.at(&["spec", "podTemplate", "spec"])
}

/// One container list of a template.
pub(crate) fn containers(object: Object<'_>, list: List) -> impl Iterator<Item = Container<'_>> {
    let key = match list {
        List::Main => "containers",
        List::Init => "initContainers",
        List::Ephemeral => "ephemeralContainers",
    };
    let items = spec(object).and_then(|spec| spec.get(key)).into_iter().flat_map(Node::items);
    items.map(move |node| Container::new(node, list))
}
