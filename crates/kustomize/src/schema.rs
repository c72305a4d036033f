//! How strategic merge patches treat the lists of an object: Kubernetes' merge keys, or those of a given OpenAPI
//! document.

use crate::error::KustomizeError;
use crate::gvk::Gvk;
use serde_json::Value;
use std::collections::HashMap;

/// Where the merge keys come from.
#[derive(Debug, Default)]
pub(crate) enum Schemas {
    /// Kubernetes' own.
    #[default]
    Builtin,
    /// A file of `openapi`, which takes the place of Kubernetes' own.
    Given(OpenApi),
}

/// An OpenAPI document.
#[derive(Debug, Default)]
pub(crate) struct OpenApi {
    definitions: HashMap<String, Value>,
    kinds: HashMap<Gvk, String>,
}

/// What is known of a value: its type, if any.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Schema<'a> {
    Unknown,
    Builtin(&'static [Field]),
    Given(&'a OpenApi, &'a Value),
}

/// How a list is merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ListKind {
    /// It is replaced as a whole.
    Atomic,
    /// It is a set of texts or numbers.
    Set,
    /// Its items are told apart by these keys, the first one always given.
    Keyed(Vec<String>),
}

/// A field of a built-in type that leads to a list with merge keys. Fields that lead to none are left out.
#[derive(Debug)]
pub(crate) struct Field {
    name: &'static str,
    list: Option<&'static [&'static str]>,
    fields: &'static [Field],
}

const fn object(name: &'static str, fields: &'static [Field]) -> Field {
    Field { name, list: None, fields }
}

const fn list(name: &'static str, keys: &'static [&'static str], fields: &'static [Field]) -> Field {
    Field { name, list: Some(keys), fields }
}

const METADATA: Field = object("metadata", &[list("finalizers", &[], &[]), list("ownerReferences", &["uid"], &[])]);
const STATUS: Field = object("status", &[list("conditions", &["type"], &[])]);
const CONTAINER: &[Field] = &[
    list("env", &["name"], &[]),
    list("ports", &["containerPort", "protocol"], &[]),
    list("volumeMounts", &["mountPath"], &[]),
    list("volumeDevices", &["devicePath"], &[]),
    object("resources", &[list("claims", &["name"], &[])]),
];
const POD_SPEC: &[Field] = &[
    list("containers", &["name"], CONTAINER),
    list("initContainers", &["name"], CONTAINER),
    list("ephemeralContainers", &["name"], CONTAINER),
    list("volumes", &["name"], &[]),
    list("imagePullSecrets", &["name"], &[]),
    list("hostAliases", &["ip"], &[]),
    list("topologySpreadConstraints", &["topologyKey", "whenUnsatisfiable"], &[]),
    list("resourceClaims", &["name"], &[]),
    list("schedulingGates", &["name"], &[]),
];
const TEMPLATE: Field = object("template", &[METADATA, object("spec", POD_SPEC)]);
const POD: &[Field] = &[METADATA, object("spec", POD_SPEC), STATUS];
const WORKLOAD: &[Field] = &[METADATA, object("spec", &[TEMPLATE]), STATUS];
const CRON_JOB: &[Field] =
    &[METADATA, object("spec", &[object("jobTemplate", &[METADATA, object("spec", &[TEMPLATE])])])];
const SERVICE: &[Field] = &[METADATA, object("spec", &[list("ports", &["port", "protocol"], &[])]), STATUS];
const SERVICE_ACCOUNT: &[Field] = &[METADATA, list("secrets", &["name"], &[])];
const WEBHOOKS: &[Field] = &[METADATA, list("webhooks", &["name"], &[list("matchConditions", &["name"], &[])])];
const ADMISSION_POLICY: &[Field] =
    &[METADATA, object("spec", &[list("matchConditions", &["name"], &[]), list("variables", &["name"], &[])])];
const NODE: &[Field] = &[
    METADATA,
    object("spec", &[list("podCIDRs", &[], &[])]),
    object("status", &[list("conditions", &["type"], &[]), list("addresses", &["type"], &[])]),
];
const PLAIN: &[Field] = &[METADATA, STATUS];

/// Groups of Kubernetes; of their kinds, the metadata at least is known.
const GROUPS: &[&str] = &[
    "",
    "admissionregistration.k8s.io",
    "apiextensions.k8s.io",
    "apiregistration.k8s.io",
    "apps",
    "autoscaling",
    "batch",
    "certificates.k8s.io",
    "coordination.k8s.io",
    "discovery.k8s.io",
    "events.k8s.io",
    "networking.k8s.io",
    "node.k8s.io",
    "policy",
    "rbac.authorization.k8s.io",
    "scheduling.k8s.io",
    "storage.k8s.io",
];

impl Schemas {
    /// What is known of objects of a kind.
    pub(crate) fn of(&self, gvk: &Gvk) -> Schema<'_> {
        let open = match self {
            Self::Builtin => return builtin(gvk),
            Self::Given(open) => open,
        };
        let found = open.kinds.get(gvk).and_then(|name| open.definitions.get(name));
        found.map_or(Schema::Unknown, |schema| Schema::Given(open, schema))
    }
}

fn builtin(gvk: &Gvk) -> Schema<'static> {
    let fields = match (gvk.group.as_str(), gvk.version.as_str(), gvk.kind.as_str()) {
        ("", "v1", "Pod") => POD,
        ("", "v1", "PodTemplate") => const { &[METADATA, TEMPLATE] },
        ("", "v1", "ReplicationController")
        | ("apps", "v1", "Deployment" | "ReplicaSet" | "DaemonSet" | "StatefulSet")
        | ("batch", "v1", "Job") => WORKLOAD,
        ("batch", "v1" | "v1beta1", "CronJob") => CRON_JOB,
        ("", "v1", "Service") => SERVICE,
        ("", "v1", "ServiceAccount") => SERVICE_ACCOUNT,
        ("", "v1", "Node") => NODE,
        ("admissionregistration.k8s.io", "v1", "ValidatingWebhookConfiguration" | "MutatingWebhookConfiguration") => {
            WEBHOOKS
        }
        ("admissionregistration.k8s.io", _, "ValidatingAdmissionPolicy") => ADMISSION_POLICY,
        // Workloads of other versions are of no known type.
        ("" | "apps" | "batch", _, "Deployment" | "ReplicaSet" | "DaemonSet" | "StatefulSet" | "Job" | "CronJob") => {
            return Schema::Unknown;
        }
        (group, _, _) if GROUPS.contains(&group) => PLAIN,
        _ => return Schema::Unknown,
    };
    Schema::Builtin(fields)
}

impl<'a> Schema<'a> {
    /// What is known of a field of it; of a list, what is known of its items.
    pub(crate) fn field(self, name: &str) -> (Self, ListKind) {
        match self {
            Self::Unknown => (Self::Unknown, ListKind::Atomic),
            Self::Builtin(fields) => match fields.iter().find(|field| field.name == name) {
                None => (Self::Unknown, ListKind::Atomic),
                Some(Field { list: None, fields, .. }) => (Self::Builtin(fields), ListKind::Atomic),
                Some(Field { list: Some([]), .. }) => (Self::Unknown, ListKind::Set),
                Some(Field { list: Some(keys), fields, .. }) => {
                    let keys = keys.iter().map(|key| (*key).to_owned()).collect();
                    (Self::Builtin(fields), ListKind::Keyed(keys))
                }
            },
            Self::Given(open, schema) => {
                let schema = schema.get("properties").and_then(|properties| properties.get(name));
                let field = schema.or_else(|| open.resolved(self.schema()?).get("additionalProperties"));
                let Some(given) = field else { return (Self::Unknown, ListKind::Atomic) };
                let schema = open.resolved(given);
                match schema.get("items") {
                    None => (Self::Given(open, schema), ListKind::Atomic),
                    Some(items) => (Self::Given(open, open.resolved(items)), list_kind(given, schema)),
                }
            }
        }
    }

    fn schema(self) -> Option<&'a Value> {
        match self {
            Self::Given(_, schema) => Some(schema),
            _ => None,
        }
    }
}

fn list_kind(given: &Value, schema: &Value) -> ListKind {
    let find = |key: &str| given.get(key).or_else(|| schema.get(key));
    let text = |key: &str| find(key).and_then(Value::as_str).unwrap_or_default();
    let keys = find("x-kubernetes-list-map-keys").and_then(Value::as_array);
    let keys: Vec<String> = keys.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    if !text("x-kubernetes-patch-strategy").split(',').any(|strategy| strategy == "merge") {
        return ListKind::Atomic;
    }
    match text("x-kubernetes-patch-merge-key") {
        _ if !keys.is_empty() => ListKind::Keyed(keys),
        "" => ListKind::Set,
        key => ListKind::Keyed(vec![key.to_owned()]),
    }
}

impl OpenApi {
    /// Reads an OpenAPI document.
    pub(crate) fn parse(mut document: Value, path: &str) -> Result<Self, KustomizeError> {
        let Some(Value::Object(definitions)) = document.get_mut("definitions").map(Value::take) else {
            let message = "no `definitions`; give an OpenAPI 2.0 document".to_owned();
            return Err(KustomizeError::Content { path: path.to_owned(), message });
        };
        let mut kinds = HashMap::new();
        for (name, definition) in &definitions {
            let gvks = definition.get("x-kubernetes-group-version-kind").and_then(Value::as_array);
            for gvk in gvks.into_iter().flatten() {
                let text = |key: &str| gvk.get(key).and_then(Value::as_str).unwrap_or_default();
                kinds.insert(Gvk::new(text("group"), text("version"), text("kind")), name.clone());
            }
        }
        Ok(Self { definitions: definitions.into_iter().collect(), kinds })
    }

    /// What a schema stands for when it is a reference.
    fn resolved<'a>(&'a self, mut schema: &'a Value) -> &'a Value {
        // More steps than this are a circle.
        for _ in 0..16 {
            let name = schema.get("$ref").and_then(Value::as_str);
            let name = name.and_then(|reference| reference.strip_prefix("#/definitions/"));
            let Some(next) = name.and_then(|name| self.definitions.get(name)) else { break };
            schema = next;
        }
        schema
    }
}
