//! Host directories in which managed nodes keep credentials of their cloud.

use crate::workload::host_paths;
use ks_control::{Check, Context, Rule, Sink, WORKLOADS};
use ks_object::{Node, Pod};

pub(crate) static RULES: &[&Rule] = &[&CREDENTIALS];

static CREDENTIALS: Rule = Rule::new("alert-mount-potential-credentials-paths", WORKLOADS, Check::Pod(credentials));

/// Where the nodes of one cloud keep credentials.
struct Places {
    provider: &'static str,
    /// With or without a slash at their end.
    directories: &'static [&'static str],
    /// Single files, which only strict evaluation looks at.
    files: &'static [&'static str],
}

static PLACES: &[Places] = &[
    Places { provider: "eks", directories: &["/.aws", "/.aws/config", "/.aws/credentials"], files: &[] },
    Places {
        provider: "aks",
        directories: &["/etc", "/etc/kubernetes", "/.azure", "/.azure/credentials"],
        files: &["/etc/kubernetes/azure.json"],
    },
    Places {
        provider: "gke",
        directories: &["/.config/gcloud", "/.config", "/gcloud"],
        files: &[
            "/.config/gcloud/application_default_credentials.json",
            "/gcloud/application_default_credentials.json",
        ],
    },
];

fn credentials<'a>(pod: &Pod<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let Some(places) = PLACES.iter().find(|places| places.provider == ctx.cloud_provider) else { return };
    for (volume, _) in host_paths::volumes(pod).filter(|(_, path)| places.hold(*path, ctx)) {
        for container in pod.containers().filter(|container| container.volume_mounts.is_some()) {
            host_paths::push_mounted_once(volume, container, ctx, sink);
        }
    }
}

impl Places {
    fn hold(&self, path: Node<'_>, ctx: &Context) -> bool {
        let Some(path) = path.str() else { return false };
        self.directories.contains(&path.strip_suffix('/').unwrap_or(path)) || ctx.strict && self.files.contains(&path)
    }
}
