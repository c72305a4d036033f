//! Whole Secrets in a container's environment.

use ks_object::{Container, Node};

/// The `secretRef` of every `envFrom` entry that has one.
pub(crate) fn secret_refs<'a>(container: &Container<'a>) -> impl Iterator<Item = Node<'a>> + use<'a> {
    let sources = container.env_from.into_iter().flat_map(Node::items);
    sources.filter_map(|source| source.get("secretRef")).filter(|secret| secret.truthy())
}
