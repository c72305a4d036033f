//! Nodes whose kubelet is of a Kubernetes version without support.

use ks_control::{Check, Context, Finding, NODE, Rule, Sink};
use ks_object::Object;

pub(crate) static RULES: &[&Rule] = &[&OUTDATED];

static OUTDATED: Rule = Rule::new("outdated-k8s-version", NODE, Check::Object(outdated));

/// The minor versions of Kubernetes 1 that get patches, the newest first.
const SUPPORTED: [(u32, &str); 3] = [(36, "v1.36"), (35, "v1.35"), (34, "v1.34")];

fn outdated<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let Some(field) = object.at(&["status", "nodeInfo", "kubeletVersion"]) else { return };
    let Some(version) = field.str() else { return };
    let listed = SUPPORTED.iter().any(|(_, prefix)| version.starts_with(prefix));
    let supported = listed || ctx.strict && is_newer(version);
    if !supported {
        sink.push(Finding::new().review_only(field.path()));
    }
}

/// Whether a version is newer than this list.
fn is_newer(version: &str) -> bool {
    let minor = version.strip_prefix("v1.").and_then(|rest| rest.split('.').next());
    minor.and_then(|minor| minor.parse().ok()).is_some_and(|minor: u32| minor > SUPPORTED[0].0)
}
