//! Clusters that store Secrets in etcd as they are.

use crate::cloud::descriptions::{self, Provider};
use crate::control_plane::flags::{named_api_server, named_api_server_rule};
use ks_control::{Cluster, Context, Finding, Rule, Sink};
use ks_object::{Node, Object, Path};

pub(crate) static RULES: &[&Rule] = &[&CLOUD, &NATIVE];

/// C-0244 runs it, too.
pub(crate) static CLOUD: Rule = descriptions::rule("secret-etcd-encryption-cloud", descriptions::ANY, managed);

static NATIVE: Rule = named_api_server_rule("etcd-encryption-native", native);

fn managed<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let finding = match descriptions::description(object) {
        Some((Provider::Aks, data)) if !aks(data) => Finding::new().command(AKS),
        Some((Provider::Eks, data)) if !eks(data) => Finding::new().command(EKS),
        Some((Provider::Gke, data)) if !gke(data, ctx) => {
            Finding::new().review(Path::root().fields("data.database_encryption.state")).command(GKE)
        }
        _ => return,
    };
    descriptions::fail(object, finding, sink);
}

const AKS: &str = "az aks nodepool add --name hostencrypt --cluster-name <myAKSCluster> \
                   --resource-group <myResourceGroup> -s Standard_DS2_v2 -l <myRegion> --enable-encryption-at-host";
const EKS: &str = "eksctl utils enable-secrets-encryption --cluster=<cluster> \
                   --key-arn=arn:aws:kms:<cluster_region>:<account>:key/<key> --region=<region>";
const GKE: &str = "gcloud container clusters update <cluster_name> --region=<compute_region> \
                   --database-encryption-key=<key_project_id>/locations/<location>/keyRings/<ring_name>/cryptoKeys/\
                   <key_name> --project=<cluster_project_id>";

/// On the disks of every node pool, by a key vault or by the platform.
fn aks(data: Node<'_>) -> bool {
    let Some(properties) = data.get("properties") else { return false };
    let security = |keys: &[&str]| properties.get("securityProfile").and_then(|security| security.at(keys));
    let mut pools = properties.get("agentPoolProfiles").into_iter().flat_map(Node::items).peekable();
    let on_host = |pool: Node<'_>| pool.get("enableEncryptionAtHost").is_some_and(|flag| flag.is(true));
    let platform = security(&["kubernetesResourceObjectEncryptionProfile", "infrastructureEncryption"]);
    security(&["azureKeyVaultKms", "enabled"]).is_some_and(|flag| flag.is(true))
        || platform.and_then(Node::str) == Some("Enabled")
        || pools.peek().is_some() && pools.all(on_host)
}

fn eks(data: Node<'_>) -> bool {
    let encrypts = |list: &[&str], key: &[&str], resources: &str| {
        data.at(list).into_iter().flat_map(Node::items).any(|one| {
            one.str_at(key).is_some_and(|key| !key.is_empty())
                && one.get(resources).is_some_and(|resources| !resources.is_empty())
        })
    };
    encrypts(&["Cluster", "EncryptionConfig"], &["Provider", "KeyArn"], "Resources")
        || encrypts(&["cluster", "encryptionConfig"], &["provider", "keyArn"], "resources")
}

/// The API names the state or numbers it; the number counts in strict mode alone.
fn gke(data: Node<'_>, ctx: &Context) -> bool {
    let Some(state) = data.at(&["database_encryption", "state"]) else { return false };
    matches!(state.str(), Some("1" | "ENCRYPTED")) || ctx.strict && state.int() == Some(1)
}

fn native<'a>(cluster: &Cluster<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    named_api_server(cluster, ctx, sink, |pod, flags, sink| {
        if !flags.gives("--encryption-provider-config", ctx) {
            sink.push_on(pod, Finding::new().set(flags.end(), "--encryption-provider-config=YOUR_VALUE"));
        }
    });
}
