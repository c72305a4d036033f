//! Nodes whose Linux lets a container become root of the host: CVE-2022-0185.

use crate::supply_chain::versions::exact;
use ks_control::{Check, Cluster, Context, Counts, External, Finding, Match, Needs, Rule, Sink};
use ks_object::{Node, Object, Path};
use serde_json::{Map, Value};

pub(crate) static RULES: &[&Rule] = &[&KERNEL];

static KERNEL: Rule = Rule {
    counts: Counts::Reported,
    needs: Needs::Nothing,
    ..Rule::new(
        "CVE-2022-0185",
        &[
            Match::new(&[""], &["v1"], &["Node"]),
            Match::new(&["hostdata.kubescape.cloud"], &["v1beta0"], &["LinuxKernelVariables"]),
        ],
        Check::Join {
            reads: &[
                "status.nodeInfo.operatingSystem",
                "status.nodeInfo.kernelVersion",
                "data.key",
                "data.value",
                "data.kernelVariables.key",
                "data.kernelVariables.value",
            ],
            run,
        },
    )
};

fn run<'a>(cluster: &Cluster<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let variables = cluster.by_name("LinuxKernelVariables");
    for node in cluster.kind("Node") {
        let Some(info) = node.at(&["status", "nodeInfo"]) else { continue };
        let (Some("linux"), Some(kernel)) = (info.str_at(&["operatingSystem"]), info.str_at(&["kernelVersion"])) else {
            continue;
        };
        let of_node = node.name().and_then(|name| variables.get(name)).map_or(&[][..], Vec::as_slice);
        let external = kernel_of(*node, kernel, of_node);
        if is_affected(kernel) && of_node.iter().any(|one| anyone_makes_namespaces(*one, ctx)) {
            sink.push_external(external.clone(), Finding::new().review(Path::root().key("kernelVersion")));
        }
        sink.count_external(external);
    }
}

/// What stands for a node with its kernel and variables.
fn kernel_of(node: Object<'_>, kernel: &str, variables: &[Object<'_>]) -> External {
    External::new(Map::new())
        .with("name", node.name().map_or(Value::Null, Value::from))
        .with("namespace", "")
        .with("kind", "Node")
        .with("kernelVersion", kernel)
        .related(variables.iter().copied())
}

/// Kernels 5.1 to 5.16 with an early patch level; of Azure's, 5.1 to 5.4 before build 1067.
fn is_affected(kernel: &str) -> bool {
    let mut parts = kernel.split('-');
    let version = parts.next().and_then(exact);
    let build: Option<u32> = parts.next().and_then(|build| build.parse().ok());
    match (version, build, parts.next()) {
        (Some([5, 1..=4, 0]), Some(build), Some("azure")) => build < 1067,
        (Some([5, 1..=16, patch]), Some(_), Some(flavour)) => flavour != "azure" && patch < 2,
        _ => false,
    }
}

/// Whether any user may make user namespaces. One collector puts the variables below a field of their own, which only
/// strict mode reads.
fn anyone_makes_namespaces(variables: Object<'_>, ctx: &Context) -> bool {
    let Some(data) = variables.at(&["data"]) else { return false };
    let nested = data.get("kernelVariables").filter(|_| ctx.strict).into_iter().flat_map(Node::items);
    data.items().chain(nested).any(|variable| {
        variable.str_at(&["key"]) == Some("unprivileged_userns_clone") && variable.str_at(&["value"]) == Some("1\n")
    })
}
