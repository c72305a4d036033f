//! Whatever carries a pod spec: Pod, workload templates, CronJob.

use crate::{Node, Object, Path};

/// Which container list of a pod spec a container stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// `containers`
    Main,
    /// `initContainers`
    Init,
    /// `ephemeralContainers`
    Ephemeral,
}

/// A pod spec and the object that carries it. One walk finds every container list, whatever the kind.
#[derive(Debug, Clone)]
pub struct Pod<'a> {
    object: Object<'a>,
    template: Node<'a>,
    spec: Node<'a>,
    containers: Vec<Container<'a>>,
}

/// One container of a pod spec.
#[derive(Debug, Clone, Copy)]
pub struct Container<'a> {
    node: Node<'a>,
    list: List,
    /// `name`, when it is a string.
    pub name: Option<&'a str>,
    /// `image`, when it is a string.
    pub image: Option<&'a str>,
    /// `securityContext`
    pub security_context: Option<Node<'a>>,
    /// `resources`
    pub resources: Option<Node<'a>>,
    /// `env`
    pub env: Option<Node<'a>>,
    /// `envFrom`
    pub env_from: Option<Node<'a>>,
    /// `volumeMounts`
    pub volume_mounts: Option<Node<'a>>,
}

pub(crate) fn template(object: Object<'_>) -> Option<Node<'_>> {
    match object.kind() {
        "Pod" => Some(object.node()),
        "Deployment" | "ReplicaSet" | "DaemonSet" | "StatefulSet" | "Job" | "ReplicationController" => {
            object.at(&["spec", "template"])
        }
        "CronJob" => object.at(&["spec", "jobTemplate", "spec", "template"]),
        _ => None,
    }
}

impl<'a> Pod<'a> {
    pub(crate) fn of(object: Object<'a>) -> Option<Self> {
        let template = template(object)?;
        let spec = template.get("spec")?;
        let mut containers = Vec::new();
        for (key, value) in spec.entries() {
            let list = match key {
                "containers" => List::Main,
                "initContainers" => List::Init,
                "ephemeralContainers" => List::Ephemeral,
                _ => continue,
            };
            containers.extend(value.items().map(|node| Container::new(node, list)));
        }
        Some(Self { object, template, spec, containers })
    }

    /// The object that carries the pod spec.
    #[must_use]
    pub const fn object(&self) -> Object<'a> {
        self.object
    }

    /// The value that holds the pod's metadata and spec.
    #[must_use]
    pub const fn template(&self) -> Node<'a> {
        self.template
    }

    /// The pod spec.
    #[must_use]
    pub const fn spec(&self) -> Node<'a> {
        self.spec
    }

    /// The path of the pod spec: `spec`, `spec.template.spec` or `spec.jobTemplate.spec.template.spec`.
    #[must_use]
    pub fn path(&self) -> Path {
        self.spec.path()
    }

    /// A field of the pod spec.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Node<'a>> {
        self.spec.get(key)
    }

    /// The pod-level `securityContext`.
    #[must_use]
    pub fn security_context(&self) -> Option<Node<'a>> {
        self.spec.get("securityContext")
    }

    /// `containers` alone.
    pub fn containers(&self) -> impl Iterator<Item = &Container<'a>> {
        self.list(List::Main)
    }

    /// One container list.
    pub fn list(&self, list: List) -> impl Iterator<Item = &Container<'a>> {
        self.containers.iter().filter(move |container| container.list == list)
    }

    /// The containers of all three lists in the order of the document.
    #[must_use]
    pub fn every_container(&self) -> &[Container<'a>] {
        &self.containers
    }

    /// `containers` and `initContainers`.
    pub fn run_containers(&self) -> impl Iterator<Item = &Container<'a>> {
        self.containers.iter().filter(|container| container.list != List::Ephemeral)
    }

    /// The pod's volumes with the path of each.
    pub fn volumes(&self) -> impl Iterator<Item = Node<'a>> + use<'a> {
        self.spec.get("volumes").into_iter().flat_map(Node::items)
    }

    /// Whether the object is a bare Pod.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.object.kind() == "Pod"
    }
}

impl<'a> Container<'a> {
    /// Views a container in `list`.
    #[must_use]
    pub fn new(node: Node<'a>, list: List) -> Self {
        let mut container = Self {
            node,
            list,
            name: None,
            image: None,
            security_context: None,
            resources: None,
            env: None,
            env_from: None,
            volume_mounts: None,
        };
        for (key, value) in node.entries() {
            match key {
                "name" => container.name = value.str(),
                "image" => container.image = value.str(),
                "securityContext" => container.security_context = Some(value),
                "resources" => container.resources = Some(value),
                "env" => container.env = Some(value),
                "envFrom" => container.env_from = Some(value),
                "volumeMounts" => container.volume_mounts = Some(value),
                _ => {}
            }
        }
        container
    }

    /// The container's value.
    #[must_use]
    pub const fn node(&self) -> Node<'a> {
        self.node
    }

    /// The list that it stands in.
    #[must_use]
    pub const fn list(&self) -> List {
        self.list
    }

    /// The container's path.
    #[must_use]
    pub fn path(&self) -> Path {
        self.node.path()
    }

    /// A field of the container.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Node<'a>> {
        self.node.get(key)
    }

    /// A field of the container's `securityContext`.
    #[must_use]
    pub fn security(&self, key: &str) -> Option<Node<'a>> {
        self.security_context?.get(key)
    }

    /// Mounts of the volume with this name.
    pub fn mounts_of(&self, volume: &'a str) -> impl Iterator<Item = Node<'a>> + use<'a> {
        let mounts = self.volume_mounts;
        mounts
            .into_iter()
            .flat_map(Node::items)
            .filter(move |mount| mount.get("name").and_then(Node::str) == Some(volume))
    }
}
