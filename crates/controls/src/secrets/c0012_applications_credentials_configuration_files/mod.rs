//! Credentials in container environments and ConfigMaps.

use super::secret_refs::secret_refs;
use super::sensitive;
use ks_control::{Check, Context, Finding, Match, Rule, Sink, WORKLOADS, decode_base64};
use ks_object::{List, Node, Object, Pod};

pub(crate) static RULES: &[&Rule] = &[&CREDENTIALS_IN_ENV_VAR, &CREDENTIALS_CONFIGMAP];

/// Shared with C-0259.
pub(crate) static CREDENTIALS_IN_ENV_VAR: Rule = Rule {
    inputs: sensitive::INPUTS,
    ..Rule::new("rule-credentials-in-env-var", WORKLOADS, Check::Pod(credentials_in_env_var))
};

static CREDENTIALS_CONFIGMAP: Rule = Rule {
    inputs: sensitive::INPUTS,
    ..Rule::new(
        "rule-credentials-configmap",
        &[Match::new(&["*"], &["*"], &["ConfigMap"])],
        Check::Object(credentials_configmap),
    )
};

fn credentials_in_env_var<'a>(pod: &Pod<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    for container in pod.run_containers() {
        let variables = container.env.filter(|_| container.list() == List::Main).into_iter().flat_map(Node::items);
        for variable in variables.filter(|variable| is_credential(*variable, ctx)) {
            let path = variable.path();
            sink.push(Finding::new().delete(path.clone().key("name")).delete(path.key("value")));
        }
        for secret in secret_refs(container) {
            sink.push(Finding::new().delete(secret.path()));
        }
    }
}

fn is_credential(variable: Node<'_>, ctx: &Context) -> bool {
    let Some(value) = variable.get("value") else { return false };
    let name = variable.str_at(&["name"]).unwrap_or_default();
    // A value that begins like this is the path of a mounted file.
    let text = value.str().unwrap_or_default();
    if value.str() == Some("") || text.starts_with('/') {
        return false;
    }
    let sensitive = sensitive::is_name(name, &ctx.inputs) || ctx.inputs.matches_any_case("sensitiveValues", text);
    sensitive && !sensitive::is_allowed(name, text, &ctx.inputs)
}

fn credentials_configmap<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let Some(data) = object.at(&["data"]) else { return };
    for (key, value) in data.entries() {
        let text = value.str().unwrap_or_default();
        let sensitive = value.str() != Some("")
            && (sensitive::is_name(key, &ctx.inputs) || holds_credential(text, ctx))
            && !sensitive::is_allowed(key, text, &ctx.inputs);
        if sensitive {
            sink.push(Finding::new().delete(data.path().bracket(key)));
        }
    }
}

/// Whether a text has a credential in it, as it is or in base64.
fn holds_credential(text: &str, ctx: &Context) -> bool {
    let matches = |text: &str| sensitive::matches(text, "sensitiveValues", &ctx.inputs);
    matches(text) || decode_base64(text).is_some_and(|text| matches(&text))
}
