//! Subjects that may have token secrets issued in kube-system.

use crate::rbac::grants::{CORE, Right, hits, in_role, pairs, rule};
use crate::rbac::staged::{Place, is_free, push};
use ks_control::{Context, Grant, Rule, Sink};
use ks_object::{Node, Path};

pub(crate) static RULES: &[&Rule] = &[&ISSUE_TOKENS];

static ISSUE_TOKENS: Rule = rule("issue-token-secrets-v1", issue_tokens);

const SECRETS: &[&str] = &["secrets"];
const VERBS: &[&str] = &["create", "get", "update", "patch"];

const CREATE: Right = secrets(&["create"]);
const GET: Right = secrets(&["get"]);
const UPDATE: Right = secrets(&["update"]);
const PATCH: Right = secrets(&["patch"]);

const fn secrets(verbs: &'static [&'static str]) -> Right {
    Right { verbs, groups: CORE, resources: SECRETS }
}

fn issue_tokens<'a>(grant: &Grant<'a>, _: &Context, sink: &mut Sink<'a>) {
    if !Place::Privileged.covers(grant) || !pairs(grant) || !qualifies(grant) {
        return;
    }
    let mut paths = sorted(grant, "resources", SECRETS);
    paths.append(&mut sorted(grant, "verbs", VERBS));
    paths.append(&mut sorted(grant, "apiGroups", CORE));
    push(grant, &paths, sink);
}

/// A new token secret is made and read, or an existing secret of any name is made into one. The parts may stand in
/// several rules of the role.
fn qualifies(grant: &Grant<'_>) -> bool {
    let any = |right: &Right| grant.rules().any(|rule| right.given_by(rule));
    let free = |right: &Right| grant.rules().any(|rule| is_free(rule) && right.given_by(rule));
    free(&CREATE) && any(&GET) || any(&CREATE) && any(&PATCH) || free(&UPDATE) || free(&PATCH)
}

/// The paths of one list in all rules of the role about secrets.
fn sorted(grant: &Grant<'_>, key: &str, wanted: &'static [&'static str]) -> Vec<Path> {
    let about_secrets = |rule: &Node<'_>| {
        hits(*rule, "resources", SECRETS).next().is_some() && hits(*rule, "apiGroups", CORE).next().is_some()
    };
    let rules = grant.rules().filter(about_secrets);
    let mut paths: Vec<_> = rules.flat_map(|rule| hits(rule, key, wanted)).map(in_role).collect();
    paths.sort();
    paths
}
