//! Nodes that reach the cloud provider's metadata service.

use ks_control::{Check, Context, External, Finding, Match, Needs, Rule, Sink};
use ks_object::Object;

pub(crate) static RULES: &[&Rule] = &[&METADATA_ACCESS];

static METADATA_ACCESS: Rule = Rule {
    needs: Needs::Nothing,
    ..Rule::new("instance-metadata-api-access", PROVIDER_INFO, Check::Object(metadata_access))
};

const PROVIDER_INFO: &[Match] = &[Match::new(&["hostdata.kubescape.cloud"], &["v1beta0"], &["cloudProviderInfo"])];

/// What collectors send begins with a capital; only strict mode reads that.
fn metadata_access<'a>(object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let reads = object.kind() == "cloudProviderInfo" || ctx.strict;
    let reached = object.at(&["data", "providerMetaDataAPIAccess"]).is_some_and(|flag| flag.is(true));
    if reads && reached {
        sink.push_external(External::copy_of(object), Finding::new());
    }
}
