//! How the API server of an EKS cluster is reached.

use crate::cloud::descriptions::{eks, fail};
use ks_control::{Finding, Sink};
use ks_object::{Node, Object};

/// A command that opens the private endpoint and says what becomes of the public one.
macro_rules! update {
    ($public:literal) => {
        concat!(
            "aws eks update-cluster-config --region $AWS_REGION --name $CLUSTER_NAME --resources-vpc-config ",
            "endpointPrivateAccess=true,endpointPublicAccess=",
            $public
        )
    };
}

/// Closes the public endpoint.
pub(crate) const CLOSE: &str = update!("false");

/// Leaves the public endpoint to one address.
pub(crate) const LIMIT: &str = update!("true,publicAccessCidrs='203.0.113.5/32'");

/// The endpoints of a cluster; what its description does not say is `None`.
#[derive(Debug)]
pub(crate) struct Endpoints {
    /// Whether there is one inside the VPC.
    pub private: Option<bool>,
    /// Whether there is one on the internet.
    pub public: Option<bool>,
    /// Whether every address may use the public one.
    pub open_to_all: bool,
}

impl Endpoints {
    fn of(object: Object<'_>) -> Option<Self> {
        let network = eks(object)?.at(&["Cluster", "ResourcesVpcConfig"])?;
        let switch = |key| network.get(key).and_then(Node::bool);
        Some(Self {
            private: switch("EndpointPrivateAccess"),
            public: switch("EndpointPublicAccess"),
            open_to_all: network.get("PublicAccessCidrs").is_some_and(|ranges| ranges.contains("0.0.0.0/0")),
        })
    }
}

/// Reports a cluster with wrong endpoints; `command` mends them.
pub(crate) fn report_if(wrong: fn(&Endpoints) -> bool, object: Object<'_>, command: &'static str, sink: &mut Sink<'_>) {
    if Endpoints::of(object).is_some_and(|endpoints| wrong(&endpoints)) {
        fail(object, Finding::new().command(command), sink);
    }
}
