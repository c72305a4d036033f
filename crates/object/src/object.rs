//! Any Kubernetes object.

use crate::{Node, Pod};

/// A view of a Kubernetes object. Free to copy.
#[derive(Debug, Clone, Copy)]
pub struct Object<'a> {
    node: Node<'a>,
    handle: u32,
}

impl<'a> Object<'a> {
    /// A view of a document. `handle` is whatever the caller knows the object by.
    #[must_use]
    pub const fn new(node: Node<'a>, handle: u32) -> Self {
        Self { node, handle }
    }

    /// The object's root value.
    #[must_use]
    pub const fn node(&self) -> Node<'a> {
        self.node
    }

    /// What the caller knows the object by.
    #[must_use]
    pub const fn handle(&self) -> u32 {
        self.handle
    }

    /// A field of the object by its keys.
    #[must_use]
    pub fn at(&self, keys: &[&str]) -> Option<Node<'a>> {
        self.node.at(keys)
    }

    /// `apiVersion`, empty when absent.
    #[must_use]
    pub fn api_version(&self) -> &'a str {
        self.node.str_at(&["apiVersion"]).unwrap_or_default()
    }

    /// The API group, empty for the core group.
    #[must_use]
    pub fn group(&self) -> &'a str {
        self.api_version().rsplit_once('/').map_or("", |(group, _)| group)
    }

    /// The API version without its group.
    #[must_use]
    pub fn version(&self) -> &'a str {
        let api_version = self.api_version();
        api_version.rsplit_once('/').map_or(api_version, |(_, version)| version)
    }

    /// `kind`, empty when absent.
    #[must_use]
    pub fn kind(&self) -> &'a str {
        self.node.str_at(&["kind"]).unwrap_or_default()
    }

    /// `metadata.name`.
    #[must_use]
    pub fn name(&self) -> Option<&'a str> {
        self.node.str_at(&["metadata", "name"])
    }

    /// `metadata.namespace`.
    #[must_use]
    pub fn namespace(&self) -> Option<&'a str> {
        self.node.str_at(&["metadata", "namespace"])
    }

    /// `metadata.labels`.
    #[must_use]
    pub fn labels(&self) -> Option<Node<'a>> {
        self.at(&["metadata", "labels"])
    }

    /// `metadata.annotations`.
    #[must_use]
    pub fn annotations(&self) -> Option<Node<'a>> {
        self.at(&["metadata", "annotations"])
    }

    /// The pod spec that this object carries; `None` for kinds that carry none and for objects without one.
    #[must_use]
    pub fn pod(&self) -> Option<Pod<'a>> {
        Pod::of(*self)
    }

    /// The pod template of a workload (`Pod` itself, `spec.template`, `spec.jobTemplate.spec.template`), spec or not.
    #[must_use]
    pub fn template(&self) -> Option<Node<'a>> {
        crate::pod::template(*self)
    }

    /// Labels of the pods that this workload makes.
    #[must_use]
    pub fn template_labels(&self) -> Option<Node<'a>> {
        self.template()?.at(&["metadata", "labels"])
    }

    /// Both namespaces are equal, or both absent, or one is absent and the other is `default`.
    #[must_use]
    pub fn near(&self, other: &Object<'_>) -> bool {
        match (self.namespace(), other.namespace()) {
            (Some(a), Some(b)) => a == b,
            (None, None) => true,
            (Some(one), None) | (None, Some(one)) => one == "default",
        }
    }

    /// Both namespaces are present and equal.
    #[must_use]
    pub fn same_namespace(&self, other: &Object<'_>) -> bool {
        self.namespace().is_some() && self.namespace() == other.namespace()
    }

    /// The namespace, `default` when absent.
    #[must_use]
    pub fn namespace_or_default(&self) -> &'a str {
        self.namespace().unwrap_or("default")
    }
}
