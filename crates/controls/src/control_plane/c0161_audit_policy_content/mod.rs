//! Audit policies that leave out what matters.

use crate::control_plane::host::{CONTROL_PLANES, ServerFile};
use ks_control::{Check, Context, External, Finding, Match, Needs, Rule, Sink};
use ks_object::{Node, Object};
use serde_json::json;

pub(crate) static RULES: &[&Rule] = &[&RULE];

/// Scans have no objects of the kind that it names, so only strict ones run it.
static RULE: Rule = Rule {
    strict_matches: CONTROL_PLANES,
    needs: Needs::Nothing,
    ..Rule::new(
        "audit-policy-content",
        &[Match::new(&["hostdata.kubescape.cloud"], &["v1beta0"], &["APIServerInfo"])],
        Check::Object(audit_policy),
    )
};

fn audit_policy<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let Some(command) = object.node().str_at(&["data", "APIServerInfo", "cmdLine"]) else { return };
    if !command.contains("--audit-policy-file") {
        let external = External::part_of(object, &["apiVersion", "kind", "metadata"]).with("data", command);
        return sink.push_external(external, Finding::new());
    }
    let Some(file) = ServerFile::audit_policy(object, ctx) else { return };
    let rules = file.list("rules");
    if WANTED.iter().any(|wanted| !wanted.logged_by(rules)) {
        let name = format!("{} - Audit policy file", object.name().unwrap_or_default());
        file.fail(("metadata", json!({ "name": name })), Finding::new(), ctx, sink);
    }
}

/// A resource whose requests must be logged.
struct Wanted {
    resource: &'static str,
    /// Bodies of its requests hold secrets, so nothing but the metadata may be logged.
    secret: bool,
}

const WANTED: &[Wanted] = &[
    Wanted { resource: "secrets", secret: true },
    Wanted { resource: "configmaps", secret: true },
    Wanted { resource: "tokenreviews", secret: true },
    Wanted { resource: "pods", secret: false },
    Wanted { resource: "deployments", secret: false },
    Wanted { resource: "pods/exec", secret: false },
    Wanted { resource: "pods/portforward", secret: false },
    Wanted { resource: "pods/proxy", secret: false },
    Wanted { resource: "services/proxy", secret: false },
];

impl Wanted {
    /// Whether some rule of the policy names the resource and all that do have a fitting level.
    fn logged_by(&self, rules: Option<Node<'_>>) -> bool {
        let names = |rule: &Node<'_>| {
            let mut groups = rule.get("resources").into_iter().flat_map(Node::items);
            groups.any(|group| group.get("resources").is_some_and(|resources| resources.contains(self.resource)))
        };
        let mut naming = rules.into_iter().flat_map(Node::items).filter(names).peekable();
        naming.peek().is_some() && naming.all(|rule| self.fits(rule.str_at(&["level"])))
    }

    fn fits(&self, level: Option<&str>) -> bool {
        if self.secret { level == Some("Metadata") } else { level.is_some_and(|level| level != "None") }
    }
}
