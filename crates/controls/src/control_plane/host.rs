//! The control plane of a node, as host data describes it: files that the API server reads.

use ks_control::{Context, External, Finding, Match, Sink, decode_base64};
use ks_object::{Node, Object, Tree, to_json};
use serde_json::{Value, json};

/// Host data of control planes.
pub(crate) static CONTROL_PLANES: &[Match] = &[CONTROL_PLANE];

/// One of [`CONTROL_PLANES`].
pub(crate) const CONTROL_PLANE: Match = Match::new(&["hostdata.kubescape.cloud"], &["v1beta0"], &["ControlPlaneInfo"]);

/// The document in a file of the API server.
pub(crate) struct ServerFile<'a> {
    object: Object<'a>,
    field: &'static str,
    tree: Tree,
}

impl<'a> ServerFile<'a> {
    /// The file that has all settings of encryption at rest.
    pub(crate) fn encryption(object: Object<'a>, ctx: &Context) -> Option<Self> {
        Self::of(object, "encryptionProviderConfigFile", ctx)
    }

    /// The file that says which requests are logged.
    pub(crate) fn audit_policy(object: Object<'a>, ctx: &Context) -> Option<Self> {
        Self::of(object, "auditPolicyFile", ctx)
    }

    /// A file that was collected and is a YAML map.
    fn of(object: Object<'a>, field: &'static str, ctx: &Context) -> Option<Self> {
        let content = object.node().str_at(&["data", "APIServerInfo", field, "content"])?;
        let tree = ctx.yaml(&decode_base64(content)?)?;
        tree.root()?.entries().next()?;
        Some(Self { object, field, tree })
    }

    /// The elements of a list in the document.
    pub(crate) fn list(&self, key: &str) -> Option<Node<'_>> {
        self.tree.root()?.get(key)
    }

    /// The document is wrong. It fails by itself under the name given; in strict mode the host data does, reduced to
    /// the document.
    pub(crate) fn fail(&self, name: (&str, Value), finding: Finding, ctx: &Context, sink: &mut Sink<'a>) {
        let document = self.tree.root().map(to_json);
        let external = match document {
            Some(Value::Object(body)) if !ctx.strict => External::new(body).with(name.0, name.1),
            document => External::part_of(self.object, &["apiVersion", "kind", "metadata"])
                .with("data", json!({ "APIServerInfo": { self.field: { "content": document } } })),
        };
        sink.push_external(external, finding);
    }

    /// [`ServerFile::fail`] of the settings of encryption.
    pub(crate) fn fail_encryption(&self, finding: Finding, ctx: &Context, sink: &mut Sink<'a>) {
        self.fail(("name", json!("encryption-provider-config")), finding, ctx, sink);
    }
}
