//! Workloads with none of the labels that Kubernetes itself recommends.

use crate::workload::labels::report_missing;
use ks_control::{Check, Context, Rule, Sink, WORKLOADS};
use ks_object::Object;

pub(crate) static RULES: &[&Rule] = &[&COMMON_LABELS];

static COMMON_LABELS: Rule = Rule {
    inputs: &["k8sRecommendedLabels"],
    ..Rule::new("k8s-common-labels-usage", WORKLOADS, Check::Object(common_labels))
};

fn common_labels<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    report_missing(object, "k8sRecommendedLabels", ctx, sink);
}
