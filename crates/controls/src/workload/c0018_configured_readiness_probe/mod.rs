//! Containers without a readiness probe.

use crate::workload::containers::report_missing_probe;
use ks_control::{Check, Context, Needs, Rule, Sink, WORKLOADS};
use ks_object::Pod;

pub(crate) static RULES: &[&Rule] = &[&READINESS];

static READINESS: Rule = Rule {
    needs: Needs::NameAndContainer,
    ..Rule::new("configured-readiness-probe", WORKLOADS, Check::Pod(readiness))
};

fn readiness<'a>(pod: &Pod<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    report_missing_probe(pod, "readinessProbe", ctx, sink);
}
