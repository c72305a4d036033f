//! EKS clusters that are not reached by their private endpoint alone.

use crate::cloud::descriptions::{EKS_CLUSTER, rule};
use crate::cloud::endpoints::{LIMIT, report_if};
use ks_control::Rule;

pub(crate) static RULES: &[&Rule] = &[&PRIVATE_ENDPOINT_ONLY];

static PRIVATE_ENDPOINT_ONLY: Rule = rule(
    "ensure-endpointprivateaccess-is-enabled-and-endpointpublicaccess-is-disabled-eks",
    EKS_CLUSTER,
    |object, _, sink| report_if(|it| it.private == Some(false) || it.public == Some(true), object, LIMIT, sink),
);
