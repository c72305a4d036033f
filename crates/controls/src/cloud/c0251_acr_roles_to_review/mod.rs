//! Role assignments, for a person to review who may push to the Azure registry.

use crate::cloud::descriptions::{AKS, review_all, rule};
use ks_control::{Match, Rule};

pub(crate) static RULES: &[&Rule] = &[&ROLES];

static ROLES: Rule = rule("list-role-definitions-in-acr", MATCHES, |object, _, sink| review_all(object, sink));

static MATCHES: &[Match] = &[Match::new(&[AKS], &["v1"], &["ListEntitiesForPolicies"])];
