//! Grafana 9.2 before 9.2.4: CVE-2022-39328.

use crate::supply_chain::versions::{Product, Span};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&AFFECTED];

static AFFECTED: Rule = Product::rule(
    "CVE-2022-39328",
    |object, _| GRAFANA.runs_in(object),
    |pod, ctx, sink| GRAFANA.judge(pod, ctx, sink),
);

static GRAFANA: Product = Product { image: "grafana:", mark: ":", suffix: "-ubuntu", affected: &[Span(&[9, 2], 0..4)] };
