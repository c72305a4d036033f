//! Role bindings, for a person to review who may push to the Artifact Registry.

use crate::cloud::descriptions::{GKE, review_all, rule};
use ks_control::{Match, Rule};

pub(crate) static RULES: &[&Rule] = &[&ROLES];

static ROLES: Rule = rule("list-iam-policies-in-gcp", MATCHES, |object, _, sink| review_all(object, sink));

static MATCHES: &[Match] = &[Match::new(&[GKE], &["v1"], &["ListEntitiesForPolicies"])];
