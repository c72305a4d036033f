//! Workloads that mount what another object holds.

use ks_control::{Cluster, Finding, Sink};
use ks_object::{Node, Object};
use std::collections::HashMap;

/// A kind of volume and the kind of object that it takes its content from.
#[derive(Debug)]
pub(crate) struct Source {
    /// The object's kind.
    pub(crate) kind: &'static str,
    /// The volume's field.
    pub(crate) volume: &'static str,
    /// The field below it that names the object.
    pub(crate) name: &'static str,
}

/// Objects by namespace and name.
type Index<'a> = HashMap<(Option<&'a str>, &'a str), Vec<Object<'a>>>;

impl Source {
    /// Reports every mount of a volume whose object is in the cluster.
    pub(crate) fn report<'a>(&self, cluster: &Cluster<'a>, sink: &mut Sink<'a>) {
        let mut index = Index::new();
        for object in cluster.kind(self.kind) {
            if let Some(name) = object.name() {
                index.entry((object.namespace(), name)).or_default().push(*object);
            }
        }
        if !index.is_empty() {
            cluster.workloads().for_each(|workload| self.report_workload(workload, &index, sink));
        }
    }

    fn report_workload<'a>(&self, workload: Object<'a>, index: &Index<'a>, sink: &mut Sink<'a>) {
        let Some(pod) = workload.pod() else { return };
        for volume in pod.volumes() {
            let Some(source) = volume.str_at(&[self.volume, self.name]) else { continue };
            let Some(volume) = volume.get("name").and_then(Node::str) else { continue };
            for object in near(workload.namespace(), source, index) {
                for mount in pod.containers().flat_map(|container| container.mounts_of(volume)) {
                    sink.push_on(workload, Finding::new().delete(mount.path()).related(object));
                }
            }
        }
    }
}

/// The objects of this name in this namespace, where none and `default` are one.
fn near<'a>(namespace: Option<&'a str>, name: &'a str, index: &Index<'a>) -> impl Iterator<Item = Object<'a>> {
    let other = match namespace {
        None => Some(Some("default")),
        Some("default") => Some(None),
        Some(_) => None,
    };
    let namespaces = [Some(namespace), other].into_iter().flatten();
    namespaces.filter_map(move |namespace| index.get(&(namespace, name))).flatten().copied()
}
