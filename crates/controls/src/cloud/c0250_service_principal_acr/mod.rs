//! Service principals of an AKS cluster whose roles allow more than reading.

use crate::cloud::descriptions::{AKS, aks, fail, join};
use ks_control::{Cluster, Context, Finding, Match, Rule, Sink};
use ks_object::Node;
use std::collections::HashSet;

pub(crate) static RULES: &[&Rule] = &[&SERVICE_PRINCIPALS];

static SERVICE_PRINCIPALS: Rule =
    join("ensure-service-principle-has-read-only-permissions", MATCHES, service_principals);

static MATCHES: &[Match] = &[Match::new(&[AKS], &["v1"], &["ListEntitiesForPolicies", "PolicyVersion"])];

fn service_principals<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    let answers = cluster.kind("PolicyVersion").iter().filter_map(|object| aks(*object)?.get("roleDefinitions"));
    let writing = answers.flat_map(Node::items).filter(|role| writes(*role));
    let writing: HashSet<&str> = writing.filter_map(|role| role.str_at(&["id"])).collect();
    for object in cluster.kind("ListEntitiesForPolicies") {
        let assignments = aks(*object).and_then(|data| data.get("roleAssignments")).into_iter().flat_map(Node::items);
        let mut properties = assignments.filter_map(|assignment| assignment.get("properties"));
        let is_writing = |it: Node<'a>| {
            it.str_at(&["principalType"]) == Some("ServicePrincipal")
                && it.str_at(&["roleDefinitionId"]).is_some_and(|role| writing.contains(role))
        };
        if properties.any(is_writing) {
            fail(*object, Finding::new(), sink);
        }
    }
}

/// Whether a role allows anything but reading.
fn writes(role: Node<'_>) -> bool {
    let permissions = role.at(&["properties", "permissions"]).into_iter().flat_map(Node::items);
    let mut actions = permissions.filter_map(|permission| permission.get("actions")).flat_map(Node::items);
    actions.any(|action| !action.text().ends_with("read"))
}
