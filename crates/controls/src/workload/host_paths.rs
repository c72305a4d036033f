//! Volumes that are a piece of the node's file system.

use ks_control::{Context, Finding, Sink};
use ks_object::{Container, Node, Pod};

/// Volumes with a `hostPath.path`, each with that path's value.
pub(crate) fn volumes<'a>(pod: &Pod<'a>) -> impl Iterator<Item = (Node<'a>, Node<'a>)> + use<'a> {
    pod.volumes().filter_map(|volume| Some((volume, volume.at(&["hostPath", "path"]).filter(|path| path.truthy())?)))
}

/// A volume and every place where a container mounts it; `None` when the volume has no name to be mounted by.
pub(crate) fn mounted<'a>(volume: Node<'a>, container: &Container<'a>) -> Option<Finding> {
    let name = volume.str_at(&["name"])?;
    let finding = Finding::new().about(name).delete(volume.path());
    let mounts = container.mounts_of(name);
    Some(mounts.fold(finding, |finding, mount| finding.delete(mount.path())))
}

/// Pushes [`mounted`], or gives up where a container mounts the volume twice: only strict evaluation can answer then.
pub(crate) fn push_mounted_once<'a>(volume: Node<'a>, container: &Container<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    match mounted(volume, container) {
        Some(finding) if finding.paths.failed.len() > 2 && !ctx.strict => {
            sink.error("a container mounts the same volume twice");
        }
        Some(finding) => sink.push(finding),
        None => {}
    }
}
