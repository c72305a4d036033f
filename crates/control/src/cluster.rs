//! What joins look at: the kept fields of many objects.

use ks_object::{Node, Object};
use std::collections::HashMap;

/// The objects of a scan that one rule looks at, in input order.
#[derive(Debug)]
pub struct Cluster<'a> {
    objects: Vec<Object<'a>>,
    by_kind: HashMap<&'a str, Vec<Object<'a>>>,
}

impl<'a> Cluster<'a> {
    /// A cluster of these objects.
    pub fn new(objects: impl IntoIterator<Item = Object<'a>>) -> Self {
        let mut cluster = Self { objects: Vec::new(), by_kind: HashMap::new() };
        for object in objects {
            cluster.objects.push(object);
            cluster.by_kind.entry(object.kind()).or_default().push(object);
        }
        cluster
    }

    /// Every object.
    pub fn objects(&self) -> impl Iterator<Item = Object<'a>> + '_ {
        self.objects.iter().copied()
    }

    /// The objects of one kind.
    #[must_use]
    pub fn kind(&self, kind: &str) -> &[Object<'a>] {
        self.by_kind.get(kind).map_or(&[], Vec::as_slice)
    }

    /// Every object that makes pods: Pod, apps/v1 workloads, Job, CronJob, ReplicationController.
    pub fn workloads(&self) -> impl Iterator<Item = Object<'a>> + '_ {
        self.objects().filter(|object| object.template().is_some())
    }

    /// The objects of one kind by their namespace; objects without one stand under `None`.
    #[must_use]
    pub fn by_namespace(&self, kind: &str) -> HashMap<Option<&'a str>, Vec<Object<'a>>> {
        let mut map: HashMap<_, Vec<_>> = HashMap::new();
        for object in self.kind(kind) {
            map.entry(object.namespace()).or_default().push(*object);
        }
        map
    }

    /// The objects of one kind by their name.
    #[must_use]
    pub fn by_name(&self, kind: &str) -> HashMap<&'a str, Vec<Object<'a>>> {
        let mut map: HashMap<_, Vec<_>> = HashMap::new();
        for object in self.kind(kind) {
            if let Some(name) = object.name() {
                map.entry(name).or_default().push(*object);
            }
        }
        map
    }
}

/// One subject to whom one role is granted by one binding.
#[derive(Debug, Clone, Copy)]
pub struct Grant<'a> {
    /// The RoleBinding or ClusterRoleBinding: `relatedObjects[0]` in paths.
    pub binding: Object<'a>,
    /// The Role or ClusterRole: `relatedObjects[1]` in paths.
    pub role: Object<'a>,
    /// The entry of the binding's `subjects`.
    pub subject: Node<'a>,
    /// What findings about this grant are pushed with in [`crate::Check::Grants`].
    pub handle: u32,
}

impl<'a> Grant<'a> {
    /// A field of the subject.
    #[must_use]
    pub fn subject_str(&self, key: &str) -> Option<&'a str> {
        self.subject.str_at(&[key])
    }

    /// The rules of the role.
    pub fn rules(&self) -> impl Iterator<Item = Node<'a>> + use<'a> {
        self.role.at(&["rules"]).into_iter().flat_map(Node::items)
    }

    /// The subjects of the binding.
    pub fn subjects(&self) -> impl Iterator<Item = Node<'a>> + use<'a> {
        self.binding.at(&["subjects"]).into_iter().flat_map(Node::items)
    }
}
