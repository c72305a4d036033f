//! Registries with a repository whose images nobody scans.

use crate::cloud::descriptions::{EKS, GKE, Provider, description, fail, is_on, rule};
use ks_control::{Context, Finding, Match, Rule, Sink};
use ks_object::{Node, Object};

pub(crate) static RULES: &[&Rule] = &[&IMAGE_SCANNING];

static IMAGE_SCANNING: Rule = rule("ensure-image-scanning-enabled-cloud", MATCHES, image_scanning);

static MATCHES: &[Match] = &[Match::new(&[EKS, GKE], &["v1"], &["DescribeRepositories"])];

const AMAZON: &str = "aws ecr put-image-scanning-configuration --repository-name $REPO_NAME \
                      --image-scanning-configuration scanOnPush=true --region $REGION_CODE";
const GOOGLE: &str = "gcloud artifacts repositories update $REPO_NAME --location=$LOCATION \
                      --allow-vulnerability-scanning";

fn image_scanning<'a>(object: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    let Some((provider, data)) = description(object) else { return };
    let (list, switch, command) = match provider {
        Provider::Eks => ("Repositories", ["ImageScanningConfiguration", "ScanOnPush"], AMAZON),
        Provider::Gke => ("registries", ["vulnerabilityScanningConfig", "enableVulnerabilityScanning"], GOOGLE),
        Provider::Aks => return,
    };
    let mut repositories = data.get(list).into_iter().flat_map(Node::items);
    if repositories.any(|repository| !is_on(repository, &switch)) {
        fail(object, Finding::new().command(command), sink);
    }
}
