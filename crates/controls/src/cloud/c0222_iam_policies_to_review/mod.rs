//! IAM policies, for a person to review who may push to ECR.

use crate::cloud::descriptions::{EKS, review_all, rule};
use ks_control::{Match, Rule};

pub(crate) static RULES: &[&Rule] = &[&POLICIES];

static POLICIES: Rule = rule("ensure-aws-policies-are-present", MATCHES, |object, _, sink| review_all(object, sink));

static MATCHES: &[Match] = &[Match::new(&[EKS], &["v1"], &["PolicyVersion"])];
