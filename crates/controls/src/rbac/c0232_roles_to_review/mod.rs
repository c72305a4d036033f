//! Every Role, for a person to compare with the users that IAM knows.

use ks_control::{Check, Context, External, Finding, Match, Rule, Sink};
use ks_object::Object;

pub(crate) static RULES: &[&Rule] = &[&ROLES];

static ROLES: Rule = Rule::new("review-roles-with-aws-iam-authenticator", MATCHES, Check::Object(roles));

static MATCHES: &[Match] = &[Match::new(&["rbac.authorization.k8s.io"], &["v1"], &["Role"])];

fn roles<'a>(role: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    sink.push_external(External::copy_of(role), Finding::new());
}
