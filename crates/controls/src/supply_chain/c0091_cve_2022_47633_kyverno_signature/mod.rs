//! Kyverno 1.8.3 and 1.8.4: CVE-2022-47633.

use crate::supply_chain::versions::{Product, Span};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&AFFECTED];

static AFFECTED: Rule = Product::rule(
    "CVE-2022-47633",
    |object, _| KYVERNO.runs_in(object),
    |pod, ctx, sink| KYVERNO.judge(pod, ctx, sink),
);

static KYVERNO: Product = Product { image: "kyverno:", mark: ":v", suffix: "", affected: &[Span(&[1, 8], 3..5)] };
