//! Clusters where etcd trusts the CA of the API server's clients.

use crate::control_plane::flags::{API_SERVER_ANYWHERE, Component, ETCD, Flags, REPEATED};
use ks_control::{Check, Cluster, Context, Finding, Needs, POD, Rule, Sink};
use ks_object::{Node, Object};

pub(crate) static RULES: &[&Rule] = &[&RULE];

static RULE: Rule = Rule {
    keeps: Some(|pod| ETCD.flags(pod).or_else(|| API_SERVER_ANYWHERE.flags(pod)).is_some()),
    needs: Needs::Nothing,
    ..Rule::new("etcd-unique-ca", POD, Check::Join { reads: READS, run: shared_ca })
};

const READS: &[&str] = &["spec.containers.command", "spec.containers.args"];

/// Compares the first pod of each program; in strict mode every two.
fn shared_ca<'a>(cluster: &Cluster<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let most = if ctx.strict { usize::MAX } else { 1 };
    let pods = |component: &'static Component| -> Vec<(Object<'a>, Flags<'a>)> {
        let pods = cluster.kind("Pod").iter();
        pods.filter_map(|pod| Some((*pod, component.flags(*pod)?))).take(most).collect()
    };
    let servers = pods(&API_SERVER_ANYWHERE);
    for (etcd, flags) in pods(&ETCD) {
        let Some((trusted, of_etcd)) = file(flags, "--trusted-ca-file", ctx, sink) else { continue };
        for (server, flags) in &servers {
            let Some((client, of_server)) = file(*flags, "--client-ca-file", ctx, sink) else { continue };
            if of_etcd != of_server {
                continue;
            }
            if ctx.strict {
                sink.push_on(etcd, replace(Finding::new(), trusted));
                sink.push_on(*server, replace(Finding::new(), client));
            } else {
                // One finding about both pods: each has the paths of the other, too.
                let finding = replace(replace(Finding::new(), trusted), client);
                sink.push_on(etcd, finding.clone());
                sink.push_on(*server, finding);
            }
        }
    }
}

fn replace(finding: Finding, element: Node<'_>) -> Finding {
    finding.review(element.path()).set(element.path(), "<path/to/different-tls-certificate-file.crt>")
}

/// The file that a flag names and the element that it stands in.
fn file<'a>(flags: Flags<'a>, flag: &'static str, ctx: &Context, sink: &mut Sink<'a>) -> Option<(Node<'a>, &'a str)> {
    if ctx.strict {
        return flags.last_value(flag).map(|value| (value.element(), value.text()));
    }
    let mut named = flags.elements().filter_map(|(element, text)| {
        let mut parts = text.split('=');
        parts.find(|part| *part == flag)?;
        Some((element, parts.next()?))
    });
    let first = named.next()?;
    if named.next().is_some() {
        sink.error(REPEATED);
        return None;
    }
    Some(first)
}
