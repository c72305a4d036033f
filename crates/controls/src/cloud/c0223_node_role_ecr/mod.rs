//! IAM policies that let EKS nodes do more with ECR than pull.

use crate::cloud::descriptions::{EKS, eks, fail, join};
use ks_control::{Cluster, Context, Finding, Match, Rule, Sink};
use ks_object::Node;
use std::collections::HashMap;

pub(crate) static RULES: &[&Rule] = &[&NODE_ROLES];

static NODE_ROLES: Rule = join("ensure_nodeinstancerole_has_right_permissions_for_ecr", MATCHES, node_roles);

static MATCHES: &[Match] = &[Match::new(&[EKS], &["v1"], &["ListEntitiesForPolicies", "PolicyVersion"])];

/// What it takes to pull, sorted.
const PULL: [&str; 4] =
    ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer"];

fn node_roles<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    let entries = |kind, list| {
        let answers = cluster.kind(kind).iter();
        answers.filter_map(move |object| Some((*object, eks(*object)?.get(list)?)))
    };
    let documents = entries("PolicyVersion", "policiesDocuments").flat_map(|(_, documents)| documents.entries());
    let documents: HashMap<&str, Node<'a>> = documents.collect();
    for (object, policies) in entries("ListEntitiesForPolicies", "rolesPolicies") {
        let too_much = |name: &str| documents.get(name).is_some_and(|document| !allows_pull_alone(*document));
        if policies.entries().any(|(name, policy)| has_node_role(policy) && too_much(name)) {
            fail(object, Finding::new(), sink);
        }
    }
}

/// Whether nodes have the policy, as far as the names that eksctl and CloudFormation give tell.
fn has_node_role(policy: Node<'_>) -> bool {
    let mut roles = policy.get("PolicyRoles").into_iter().flat_map(Node::items);
    roles.any(|role| role.str_at(&["RoleName"]).is_some_and(|name| name.contains("NodeInstance")))
}

/// Whether every statement allows exactly what it takes to pull.
fn allows_pull_alone(document: Node<'_>) -> bool {
    document.get("Statement").into_iter().flat_map(Node::items).all(|statement| {
        let mut actions: Vec<_> = statement.get("Action").into_iter().flat_map(Node::items).map(Node::text).collect();
        actions.sort_unstable();
        actions == PULL
            && statement.str_at(&["Effect"]) == Some("Allow")
            && statement.str_at(&["Resource"]) == Some("*")
    })
}
