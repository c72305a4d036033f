//! EKS clusters without a private endpoint.

use crate::cloud::descriptions::{EKS_CLUSTER, rule};
use crate::cloud::endpoints::{CLOSE, report_if};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&PRIVATE_ENDPOINT];

static PRIVATE_ENDPOINT: Rule = rule("ensure-endpointprivateaccess-is-enabled", EKS_CLUSTER, |object, _, sink| {
    report_if(|it| it.private == Some(false), object, CLOSE, sink)
});
