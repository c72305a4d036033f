//! Service accounts that stand for an identity of the cloud provider.

use ks_control::{Check, Context, Finding, Match, Rule, Sink};
use ks_object::{Node, Object, Path};

pub(crate) static RULES: &[&Rule] = &[&CLOUD_IDENTITY];

static CLOUD_IDENTITY: Rule = Rule::new("provider-iam-assumption-v1", SERVICE_ACCOUNTS, Check::Object(cloud_identity));

const SERVICE_ACCOUNTS: &[Match] = &[Match::new(&[""], &["v1"], &["ServiceAccount"])];

fn cloud_identity<'a>(account: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    for (key, _) in account.annotations().into_iter().flat_map(Node::entries) {
        if matches!(key, "eks.amazonaws.com/role-arn" | "iam.gke.io/gcp-service-account") {
            sink.push(Finding::new().review(Path::root().fields("metadata.annotations").bracket(key)));
        }
    }
}
