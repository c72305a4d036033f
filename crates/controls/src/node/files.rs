//! Files of a node that only root should read or change, and where host data describes them.

use crate::node::host_data::{self, CNI, CONTROL_PLANE, KUBE_PROXY, KUBELET};
use ks_control::{Context, Finding, Match, Rule, Sink};
use ks_object::{Node, Object, to_json};

pub(crate) static API_SERVER_MANIFEST: Files = Files::at(CONTROL_PLANE, &["APIServerInfo", "specsFile"]);
pub(crate) static CONTROLLER_MANAGER_MANIFEST: Files =
    Files::at(CONTROL_PLANE, &["controllerManagerInfo", "specsFile"]);
pub(crate) static SCHEDULER_MANIFEST: Files = Files::at(CONTROL_PLANE, &["schedulerInfo", "specsFile"]);
pub(crate) static ETCD_MANIFEST: Files = Files::at(CONTROL_PLANE, &["etcdConfigFile"]);
pub(crate) static ETCD_DATA: Files = Files { also: Some("etcd"), ..Files::at(CONTROL_PLANE, &["etcdDataDir"]) };
pub(crate) static ADMIN_CONFIG: Files = Files::at(CONTROL_PLANE, &["adminConfigFile"]);
pub(crate) static SCHEDULER_CONFIG: Files = Files::at(CONTROL_PLANE, &["schedulerInfo", "configFile"]);
pub(crate) static CONTROLLER_MANAGER_CONFIG: Files = Files::at(CONTROL_PLANE, &["controllerManagerInfo", "configFile"]);
pub(crate) static PKI_DIRECTORY: Files = Files::at(CONTROL_PLANE, &["PKIDir"]);
pub(crate) static PKI_FILES: Files = Files::at(CONTROL_PLANE, &["PKIFiles"]);
pub(crate) static PKI_CERTIFICATES: Files = Files { ending: ".crt", ..Files::at(CONTROL_PLANE, &["PKIFiles"]) };
pub(crate) static PKI_KEYS: Files = Files { ending: ".key", ..Files::at(CONTROL_PLANE, &["PKIFiles"]) };
pub(crate) static CNI_CONFIGS: Files = Files::at(CNI, &["CNIConfigFiles"]);
pub(crate) static KUBELET_SERVICE: Files = Files::at(KUBELET, &["serviceFiles"]);
pub(crate) static KUBELET_CONFIG: Files = Files::at(KUBELET, &["configFile"]);
pub(crate) static KUBELET_KUBECONFIG: Files = Files::at(KUBELET, &["kubeConfigFile"]);
pub(crate) static KUBELET_CLIENT_CA: Files = Files::at(KUBELET, &["clientCAFile"]);
pub(crate) static PROXY_KUBECONFIG: Files = Files::at(KUBE_PROXY, &["kubeConfigFile"]);

/// The setuid, setgid, sticky and permission bits of a mode.
const MODE_BITS: i64 = 0o7777;

/// Files of one purpose.
#[derive(Debug)]
pub(crate) struct Files {
    host_data: &'static [Match],
    /// Where they stand below `data`: one file or a list.
    place: &'static [&'static str],
    /// What their paths end with.
    ending: &'static str,
    /// A user, with a group of the same name, who may own them besides root; asked for in strict mode alone.
    also: Option<&'static str>,
}

impl Files {
    const fn at(host_data: &'static [Match], place: &'static [&'static str]) -> Self {
        Self { host_data, place, ending: "", also: None }
    }

    /// A rule about these files.
    pub(crate) const fn rule(
        &self,
        name: &'static str,
        check: for<'a> fn(Object<'a>, &Context, &mut Sink<'a>),
    ) -> Rule {
        host_data::rule(name, self.host_data, check)
    }

    /// Reports each file whose mode has a bit that `most` lacks.
    pub(crate) fn mode_at_most<'a>(&self, most: i64, object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
        for (file, path) in self.known(object) {
            if file.get("permissions").and_then(Node::int).is_some_and(|mode| mode & MODE_BITS & !most != 0) {
                self.fail(object, file, format!("chmod {most:o} {path}"), ctx, sink);
            }
        }
    }

    /// Reports each file that is not root's.
    pub(crate) fn owned_by_root<'a>(&self, object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
        for (file, path) in self.known(object) {
            let Some(owner) = file.get("ownership") else { continue };
            if self.is_foreign(owner, ctx) == Some(true) {
                self.fail(object, file, format!("chown root:root {path}"), ctx, sink);
            }
        }
    }

    /// The files with their paths; one without a path is not known.
    fn known<'a>(&self, object: Object<'a>) -> impl Iterator<Item = (Node<'a>, &'a str)> {
        let files = host_data::values(object, self.place);
        files.filter_map(|file| Some((file, file.str_at(&["path"])?))).filter(|(_, path)| path.ends_with(self.ending))
    }

    /// Whether others than root own a file, `None` when nobody can tell. Names decide; in strict mode the numbers do
    /// where there are any, because some collectors cannot resolve names.
    fn is_foreign(&self, owner: Node<'_>, ctx: &Context) -> Option<bool> {
        let unreadable = |key| owner.get(key).is_some_and(Node::truthy);
        if unreadable("error") || ctx.strict && unreadable("err") {
            return None;
        }
        let number = |key| owner.get(key).and_then(Node::int).filter(|_| ctx.strict);
        let names = owner.get("username").zip(owner.get("groupname"));
        let is = |name| names.is_some_and(|(user, group)| user.str() == Some(name) && group.str() == Some(name));
        if let Some((user, group)) = number("uid").zip(number("gid")) {
            return Some((user, group) != (0, 0) && !self.also.is_some_and(is));
        }
        names.map(|_| !is("root"))
    }

    /// A file's content, which may be a credential, does not leave the node's data in strict mode.
    fn fail<'a>(&self, object: Object<'a>, file: Node<'a>, command: String, ctx: &Context, sink: &mut Sink<'a>) {
        let mut copy = to_json(file);
        if ctx.strict
            && let Some(copy) = copy.as_object_mut()
        {
            copy.remove("content");
        }
        host_data::fail_value(object, self.place, (file, copy), Finding::new().command(command), sink);
    }
}
