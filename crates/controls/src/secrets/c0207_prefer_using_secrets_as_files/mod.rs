//! Secrets in environment variables.

use super::secret_refs::secret_refs;
use ks_control::{Check, Context, Finding, Rule, Sink, WORKLOADS};
use ks_object::{Node, Pod};

pub(crate) static RULES: &[&Rule] = &[&SECRETS_IN_ENV_VAR];

static SECRETS_IN_ENV_VAR: Rule = Rule::new("rule-secrets-in-env-var", WORKLOADS, Check::Pod(secrets_in_env_var));

fn secrets_in_env_var<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    for container in pod.run_containers() {
        for variable in container.env.into_iter().flat_map(Node::items) {
            if variable.at(&["valueFrom", "secretKeyRef"]).is_some_and(Node::truthy) {
                sink.push(Finding::new().delete(variable.path().key("name")));
            }
        }
        for secret in secret_refs(container) {
            sink.push(Finding::new().delete(secret.path()));
        }
    }
}
