//! Argo CD before 2.1.9 and 2.2.4: CVE-2022-24348.

use crate::supply_chain::versions::{Product, Span};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&AFFECTED];

static AFFECTED: Rule = Product::rule(
    "CVE-2022-24348",
    |object, _| ARGO_CD.runs_in(object),
    |pod, ctx, sink| ARGO_CD.judge(pod, ctx, sink),
);

static ARGO_CD: Product = Product {
    image: "argocd:v",
    mark: ":v",
    suffix: "",
    affected: &[Span(&[1], 0..u32::MAX), Span(&[2], 0..1), Span(&[2, 1], 0..9), Span(&[2, 2], 0..4)],
};
