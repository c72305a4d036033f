//! Workloads with none of the recommended labels.

use crate::workload::labels::report_missing;
use ks_control::{Check, Context, Rule, Sink, WORKLOADS};
use ks_object::Object;

pub(crate) static RULES: &[&Rule] = &[&LABELS];

static LABELS: Rule =
    Rule { inputs: &["recommendedLabels"], ..Rule::new("label-usage-for-resources", WORKLOADS, Check::Object(labels)) };

fn labels<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    report_missing(object, "recommendedLabels", ctx, sink);
}
