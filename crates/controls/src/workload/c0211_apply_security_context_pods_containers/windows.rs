//! What Windows containers run as.

use super::unset;
use ks_control::{Check, Context, Finding, Rule, Sink, WORKLOADS};
use ks_object::{Node, Pod};

pub(super) static GMSA_CREDENTIAL_SPEC: Rule =
    Rule::new("set-gmsacredentialspecname-value", WORKLOADS, Check::Pod(gmsa_credential_spec));

pub(super) static RUN_AS_USER: Rule = Rule::new("set-runasusername-value", WORKLOADS, Check::Pod(run_as_user));

pub(super) static HOST_PROCESS: Rule = Rule::new("set-hostprocess-true", WORKLOADS, Check::Pod(host_process));

fn gmsa_credential_spec<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    report_unset(pod, "gmsaCredentialSpecName", sink);
}

fn run_as_user<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    report_unset(pod, "runAsUserName", sink);
}

fn report_unset<'a>(pod: &Pod<'a>, key: &str, sink: &mut Sink<'a>) {
    let keys = ["windowsOptions", key];
    if !is_windows(pod) || !unset(pod.security_context(), &keys) {
        return;
    }
    for container in pod.containers().filter(|container| unset(container.security_context, &keys)) {
        let path = container.path().fields("securityContext.windowsOptions").key(key);
        sink.push(Finding::new().set(path, "YOUR_VALUE"));
    }
}

fn is_windows(pod: &Pod<'_>) -> bool {
    let spec = pod.spec();
    let names = [spec.str_at(&["os", "name"]), spec.str_at(&["nodeSelector", "kubernetes.io/os"])];
    names.contains(&Some("windows"))
}

fn host_process<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    let of_containers = pod.every_container().iter().map(|container| container.security_context);
    for context in std::iter::once(pod.security_context()).chain(of_containers).flatten() {
        let field: Option<Node<'a>> = context.at(&["windowsOptions", "hostProcess"]);
        if let Some(field) = field.filter(|field| field.is(true)) {
            sink.push(Finding::new().failed(field.path()).set(field.path(), "false"));
        }
    }
}
