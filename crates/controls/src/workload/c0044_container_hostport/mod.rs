//! Containers that bind a port of their node.

use ks_control::{Check, Context, Finding, Needs, Rule, Sink, WORKLOADS};
use ks_object::{Container, Node, Pod};

pub(crate) static RULES: &[&Rule] = &[&HOST_PORT];

static HOST_PORT: Rule =
    Rule { needs: Needs::NameAndContainer, ..Rule::new("container-hostPort", WORKLOADS, Check::Pod(host_port)) };

fn host_port<'a>(pod: &Pod<'a>, _: &Context, sink: &mut Sink<'a>) {
    for container in pod.containers() {
        let mut ports = host_ports(container).peekable();
        if ports.peek().is_some() {
            sink.push(ports.fold(Finding::of(container), |finding, port| finding.delete(port.path())));
        }
    }
}

/// Also 0, although it binds nothing.
fn host_ports<'a>(container: &Container<'a>) -> impl Iterator<Item = Node<'a>> + use<'a> {
    let ports = container.get("ports").into_iter().flat_map(Node::items);
    ports.filter_map(|port| port.get("hostPort")).filter(|port| port.truthy())
}
