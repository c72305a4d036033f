//! Clusters none of whose nodes is a Fargate one.

use ks_control::{Check, Cluster, Context, Finding, NODE, Needs, Rule, Sink};

pub(crate) static RULES: &[&Rule] = &[&FARGATE];

static FARGATE: Rule = Rule {
    needs: Needs::Nothing,
    ..Rule::new("alert-fargate-not-in-use", NODE, Check::Join { reads: &[], run: no_fargate })
};

fn no_fargate<'a>(cluster: &Cluster<'a>, _: &Context, sink: &mut Sink<'a>) {
    if !cluster.objects().any(|node| node.name().is_some_and(|name| name.starts_with("fargate"))) {
        cluster.objects().for_each(|node| sink.push_on(node, Finding::new()));
    }
}
