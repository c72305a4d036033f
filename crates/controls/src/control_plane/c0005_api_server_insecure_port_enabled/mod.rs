//! API servers that listen without TLS.

use crate::control_plane::flags::{Flags, REPEATED};
use ks_control::{Check, Context, Counts, Finding, Needs, POD, Rule, Sink};
use ks_object::{Container, Node, Object, Pod};

pub(crate) static RULES: &[&Rule] = &[&INSECURE_PORT];

static INSECURE_PORT: Rule = Rule {
    counts: Counts::If(is_api_server),
    needs: Needs::Container,
    ..Rule::new("insecure-port-flag", POD, Check::Pod(insecure_port))
};

fn is_api_server(object: Object<'_>, _: &Context) -> bool {
    object.name().is_some_and(|name| name.contains("kube-apiserver"))
}

fn insecure_port<'a>(pod: &Pod<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    if !is_api_server(pod.object(), ctx) {
        return;
    }
    for container in pod.containers() {
        let finding = |flag: Node<'_>| Finding::of(container).review(flag.path());
        if ctx.strict {
            open_port(container).into_iter().for_each(|flag| sink.push(finding(flag)));
            continue;
        }
        let command = container.get("command").into_iter().flat_map(Node::items);
        let mut flags = command.filter(|flag| flag.str().is_some_and(|text| text.contains("--insecure-port=1")));
        match (flags.next(), flags.next()) {
            (Some(flag), None) => sink.push(finding(flag)),
            (_, Some(_)) => sink.error(REPEATED),
            (None, None) => {}
        }
    }
}

/// The flag that opens any port.
fn open_port<'a>(container: &Container<'a>) -> Option<Node<'a>> {
    let value = Flags::of(container.node())?.last_value("--insecure-port")?;
    (value.text() != "0").then_some(value.element())
}
