//! Containers without a liveness probe.

use crate::workload::containers::report_missing_probe;
use ks_control::{Check, Context, Needs, Rule, Sink, WORKLOADS};
use ks_object::Pod;

pub(crate) static RULES: &[&Rule] = &[&LIVENESS];

static LIVENESS: Rule =
    Rule { needs: Needs::NameAndContainer, ..Rule::new("configured-liveness-probe", WORKLOADS, Check::Pod(liveness)) };

fn liveness<'a>(pod: &Pod<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    report_missing_probe(pod, "livenessProbe", ctx, sink);
}
