//! Subjects that may have the cluster sign a client certificate for any name.

use crate::rbac::grants::{Right, hits, in_role, pairs, rule};
use crate::rbac::staged::{Place, is_free, push};
use ks_control::{Context, Grant, Rule, Sink};
use ks_object::{Node, Path};

pub(crate) static RULES: &[&Rule] = &[&APPROVE];

static APPROVE: Rule = rule("approve-csr-v1", approve);

const GROUP: &[&str] = &["certificates.k8s.io"];
const REQUESTS: &[&str] = &["certificatesigningrequests"];
const APPROVALS: &[&str] = &["certificatesigningrequests/approval", "*/approval"];
const SIGNERS: &[&str] = &["signers"];

const CREATE: Right = Right { verbs: &["create"], groups: GROUP, resources: REQUESTS };
const READ: Right = Right { verbs: &["get", "list", "watch"], groups: GROUP, resources: REQUESTS };
const UPDATE: Right = Right { verbs: &["update", "patch"], groups: GROUP, resources: APPROVALS };
const SIGN: Right = Right { verbs: &["approve"], groups: GROUP, resources: SIGNERS };

const RESOURCES: &[&str] =
    &["certificatesigningrequests", "certificatesigningrequests/approval", "*/approval", "signers"];
const VERBS: &[&str] = &["create", "get", "list", "watch", "update", "patch", "approve"];

/// All four rights are needed; they may stand in several rules of the role.
fn approve<'a>(grant: &Grant<'a>, _: &Context, sink: &mut Sink<'a>) {
    let any = |right: &Right| grant.rules().any(|rule| right.given_by(rule));
    let signs = || grant.rules().any(|rule| SIGN.given_by(rule) && reaches_client_signer(rule));
    let cluster = Place::Cluster.covers(grant) && pairs(grant);
    if !cluster || !any(&CREATE) || !any(&READ) || !any(&UPDATE) || !signs() {
        return;
    }
    let mut paths = sorted(grant, "resources", RESOURCES);
    paths.append(&mut sorted(grant, "verbs", VERBS));
    paths.append(&mut sorted(grant, "apiGroups", GROUP));
    push(grant, &paths, sink);
}

/// Signers are narrowed by name, alone or by domain.
fn reaches_client_signer(rule: Node<'_>) -> bool {
    let signers = ["kubernetes.io/kube-apiserver-client", "kubernetes.io/*"];
    is_free(rule) || rule.get("resourceNames").is_some_and(|names| signers.iter().any(|signer| names.contains(signer)))
}

/// The paths of one list in all rules of the role that give one of the rights, for whichever signer.
fn sorted(grant: &Grant<'_>, key: &str, wanted: &'static [&'static str]) -> Vec<Path> {
    let takes_part = |rule: &Node<'_>| [&CREATE, &READ, &UPDATE, &SIGN].iter().any(|right| right.given_by(*rule));
    let rules = grant.rules().filter(takes_part);
    let mut paths: Vec<_> = rules.flat_map(|rule| hits(rule, key, wanted)).map(in_role).collect();
    paths.sort();
    paths
}
