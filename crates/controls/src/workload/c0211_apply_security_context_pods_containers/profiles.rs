//! Containers without an SELinux label or a seccomp profile of their own or of their pod.

use super::unset;
use ks_control::{Check, Context, Finding, Rule, Sink, WORKLOADS};
use ks_object::Pod;

pub(super) static SELINUX_OPTIONS: Rule = Rule::new("set-seLinuxOptions", WORKLOADS, Check::Pod(selinux_options));

pub(super) static SECCOMP_PROFILE: Rule = Rule::new("set-seccomp-profile", WORKLOADS, Check::Pod(seccomp_profile));

fn selinux_options<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    report_unset(pod, "seLinuxOptions", sink);
}

fn seccomp_profile<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    report_unset(pod, "seccompProfile", sink);
}

fn report_unset<'a>(pod: &Pod<'a>, key: &str, sink: &mut Sink<'a>) {
    if !unset(pod.security_context(), &[key]) {
        return;
    }
    for container in pod.containers().filter(|container| unset(container.security_context, &[key])) {
        sink.push(Finding::new().set(container.path().key("securityContext").key(key), "YOUR_VALUE"));
    }
}
