//! PersistentVolumes of a StorageClass that does not encrypt.

use ks_control::{Check, Cluster, Context, Finding, Match, Rule, Sink};
use ks_object::{Object, Path};

pub(crate) static RULES: &[&Rule] = &[&PV_WITHOUT_ENCRYPTION];

static PV_WITHOUT_ENCRYPTION: Rule = Rule::new(
    "pv-without-encryption",
    &[Match::new(&[""], &["v1"], &["PersistentVolume"]), Match::new(&["storage.k8s.io"], &["v1"], &["StorageClass"])],
    Check::Join {
        reads: &["spec.storageClassName", "parameters.encrypted", "provisioner"],
        run: pv_without_encryption,
    },
);

fn pv_without_encryption<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    let classes = cluster.by_name("StorageClass");
    for volume in cluster.kind("PersistentVolume") {
        let class = volume.node().str_at(&["spec", "storageClassName"]).and_then(|name| classes.get(name));
        if class.is_some_and(|class| !class.iter().all(encrypts)) {
            let path = Path::root().fields("spec.storageClassName");
            sink.push_on(*volume, Finding::new().set(path, "<your encrypted storage class>"));
        }
    }
}

/// Whether volumes of a class are encrypted: because it says so, or because its cloud encrypts every disk.
fn encrypts(class: &Object<'_>) -> bool {
    let provisioner = class.node().str_at(&["provisioner"]).unwrap_or_default();
    class.node().str_at(&["parameters", "encrypted"]) == Some("true")
        || provisioner.contains("azure")
        || provisioner.contains("csi.storage.gke.io")
}
