//! EKS clusters whose public endpoint is open to every address.

use crate::cloud::descriptions::{EKS_CLUSTER, rule};
use crate::cloud::endpoints::{CLOSE, report_if};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&OPEN_TO_ALL];

static OPEN_TO_ALL: Rule =
    rule("ensure-endpointpublicaccess-is-disabled-on-private-nodes-eks", EKS_CLUSTER, |object, _, sink| {
        report_if(|it| it.public == Some(true) && it.open_to_all, object, CLOSE, sink)
    });
