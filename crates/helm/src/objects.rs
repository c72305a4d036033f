//! What templates see as `.Chart` and `.Capabilities`.

use crate::chart::Metadata;
use crate::load::scalar_text;
use ks_gotemplate::{Failure, Map, MapKind, Object, Value};
use std::any::Any;
use std::rc::Rc;

/// Fields of `Chart.yaml`, their names in Go, and what an absent one is.
const FIELDS: [(&str, &str, Absent); 17] = [
    ("name", "Name", Absent::Text),
    ("home", "Home", Absent::Text),
    ("sources", "Sources", Absent::List),
    ("version", "Version", Absent::Text),
    ("description", "Description", Absent::Text),
    ("keywords", "Keywords", Absent::List),
    ("maintainers", "Maintainers", Absent::Objects(&[("name", "Name"), ("email", "Email"), ("url", "URL")])),
    ("icon", "Icon", Absent::Text),
    ("apiVersion", "APIVersion", Absent::Text),
    ("condition", "Condition", Absent::Text),
    ("tags", "Tags", Absent::Text),
    ("appVersion", "AppVersion", Absent::Text),
    ("deprecated", "Deprecated", Absent::Bool),
    ("annotations", "Annotations", Absent::Map),
    ("kubeVersion", "KubeVersion", Absent::Text),
    ("dependencies", "Dependencies", Absent::Objects(DEPENDENCY)),
    ("type", "Type", Absent::Text),
];

const DEPENDENCY: &[(&str, &str)] = &[
    ("name", "Name"),
    ("version", "Version"),
    ("repository", "Repository"),
    ("condition", "Condition"),
    ("tags", "Tags"),
    ("enabled", "Enabled"),
    ("import-values", "ImportValues"),
    ("alias", "Alias"),
];

#[derive(Debug, Clone, Copy)]
enum Absent {
    Text,
    List,
    Bool,
    Map,
    Objects(&'static [(&'static str, &'static str)]),
}

/// A Go struct: fields with their names in Go and in JSON.
#[derive(Debug)]
pub(crate) struct Struct {
    name: &'static str,
    /// Name in JSON, name in Go, value, and whether JSON leaves it out.
    fields: Vec<(&'static str, &'static str, Value, bool)>,
}

/// `.Chart`
pub(crate) fn chart(metadata: &Metadata, is_root: bool) -> Value {
    let mut fields = Vec::new();
    for (key, name, absent) in FIELDS {
        let given = match key {
            "name" => Some(Value::str(&metadata.name)),
            _ => metadata.fields.get(key).filter(|value| !value.is_nil()),
        };
        let value = match (absent, given) {
            (Absent::Text, given) => Value::from(given.as_ref().and_then(scalar_text).unwrap_or_default()),
            (Absent::List, Some(value)) => {
                Value::strings(value.items().unwrap_or_default().iter().filter_map(scalar_text))
            }
            (Absent::List, None) => Value::strings(Vec::<String>::new()),
            (Absent::Bool, given) => Value::Bool(given.is_some_and(|value| value.truth())),
            (Absent::Map, given) => {
                let map = Map::of(MapKind::Strings);
                for (key, value) in given.as_ref().and_then(Value::as_map).map(Map::entries).unwrap_or_default() {
                    map.set(&*key, Value::from(scalar_text(&value).unwrap_or_default()));
                }
                Value::Map(map)
            }
            (Absent::Objects(names), given) => {
                let items = given.as_ref().and_then(Value::items).unwrap_or_default();
                let one = |item: &Value| item.as_map().map(|map| inner(map, names));
                Value::list_of(ks_gotemplate::ListKind::Objects, items.iter().filter_map(one).collect())
            }
        };
        let hidden = !value.truth();
        fields.push((key, name, value, hidden));
    }
    fields.push(("IsRoot", "IsRoot", Value::Bool(is_root), false));
    Value::Object(Rc::new(Struct { name: "struct { chart.Metadata; IsRoot bool }", fields }))
}

fn inner(map: &Map, names: &'static [(&'static str, &'static str)]) -> Value {
    let fields = names.iter().map(|(key, name)| {
        let value = match map.get(key) {
            Some(value) if !value.is_nil() => value,
            _ if *key == "enabled" => Value::Bool(true),
            _ if matches!(*key, "tags" | "import-values") => Value::list(Vec::new()),
            _ => Value::str(""),
        };
        let hidden = !value.truth();
        (*key, *name, value, hidden)
    });
    Value::Object(Rc::new(Struct { name: "*chart.Struct", fields: fields.collect() }))
}

impl Object for Struct {
    fn type_name(&self) -> &'static str {
        self.name
    }

    fn field(&self, name: &str) -> Option<Value> {
        self.fields.iter().find(|(_, known, ..)| *known == name).map(|(_, _, value, _)| value.clone())
    }

    fn json_fields(&self) -> Vec<(&'static str, Value)> {
        self.fields.iter().filter(|(.., hidden)| !hidden).map(|(key, _, value, _)| (*key, value.clone())).collect()
    }

    fn print(&self) -> String {
        let values: Vec<Value> = self.fields.iter().map(|(_, _, value, _)| value.clone()).collect();
        format!("{{{}}}", ks_gotemplate::to_json(&Value::list(values), 1 << 20).unwrap_or_default())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `.Capabilities`
pub(crate) fn capabilities(kube_version: &KubeVersion, api_versions: &[String]) -> Value {
    let helm = Struct {
        name: "version.BuildInfo",
        fields: vec![
            ("version", "Version", Value::str(HELM_VERSION), false),
            ("git_commit", "GitCommit", Value::str(""), true),
            ("git_tree_state", "GitTreeState", Value::str(""), true),
            ("go_version", "GoVersion", Value::str("go1.25"), false),
        ],
    };
    Value::Object(Rc::new(Struct {
        name: "*chartutil.Capabilities",
        fields: vec![
            ("KubeVersion", "KubeVersion", Value::Object(Rc::new(kube_version.clone())), false),
            ("APIVersions", "APIVersions", Value::Object(Rc::new(ApiVersions(api_versions.to_vec()))), false),
            ("HelmVersion", "HelmVersion", Value::Object(Rc::new(helm)), false),
        ],
    }))
}

/// The version of Helm whose behaviour this is.
const HELM_VERSION: &str = "v3.22.0";

/// `.Capabilities.KubeVersion`
#[derive(Debug, Clone)]
pub(crate) struct KubeVersion {
    pub(crate) version: String,
    pub(crate) major: String,
    pub(crate) minor: String,
}

impl Object for KubeVersion {
    fn type_name(&self) -> &'static str {
        "chartutil.KubeVersion"
    }

    fn field(&self, name: &str) -> Option<Value> {
        match name {
            "Version" => Some(Value::str(&self.version)),
            "Major" => Some(Value::str(&self.major)),
            "Minor" => Some(Value::str(&self.minor)),
            _ => None,
        }
    }

    fn method(&self, name: &str, _: &[Value]) -> Option<Result<Value, Failure>> {
        matches!(name, "GitVersion" | "String").then(|| Ok(Value::str(&self.version)))
    }

    fn json_fields(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("Version", Value::str(&self.version)),
            ("Major", Value::str(&self.major)),
            ("Minor", Value::str(&self.minor)),
        ]
    }

    fn print(&self) -> String {
        self.version.clone()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `.Capabilities.APIVersions`
#[derive(Debug)]
struct ApiVersions(Vec<String>);

impl Object for ApiVersions {
    fn type_name(&self) -> &'static str {
        "chartutil.VersionSet"
    }

    fn kind_name(&self) -> &'static str {
        "slice"
    }

    fn field(&self, _: &str) -> Option<Value> {
        None
    }

    fn method(&self, name: &str, args: &[Value]) -> Option<Result<Value, Failure>> {
        let wanted = args.first().and_then(Value::text);
        match (name, wanted) {
            ("Has", Some(wanted)) => Some(Ok(Value::Bool(self.0.iter().any(|known| *known == *wanted)))),
            ("Has", None) => Some(Err(Failure::new("wrong type or number of args for Has: want a string"))),
            _ => None,
        }
    }

    fn entries(&self) -> Option<Vec<(Rc<str>, Value)>> {
        Some(self.0.iter().map(|version| (Rc::from(version.as_str()), Value::str(version))).collect())
    }

    fn print(&self) -> String {
        format!("[{}]", self.0.join(" "))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
