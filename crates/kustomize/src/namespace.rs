//! `namespace`.

use crate::error::Fault;
use crate::field::FieldSpec;
use crate::resource::{Resource, text_at};
use crate::resources::Resources;
use serde::Deserialize;
use serde_json::Value;

/// Which service accounts among the subjects of bindings get the namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Subjects {
    /// Those called `default`.
    #[default]
    #[serde(alias = "")]
    DefaultOnly,
    AllServiceAccounts,
    None,
}

/// How the namespace is set.
#[derive(Debug, Clone, Default)]
pub(crate) struct Namespace<'a> {
    pub(crate) name: &'a str,
    pub(crate) fields: &'a [FieldSpec],
    pub(crate) subjects: Subjects,
    /// Whether only what has no namespace gets it.
    pub(crate) unset_only: bool,
}

impl Namespace<'_> {
    /// Sets the namespace of all objects that can have one, and of what refers to it.
    pub(crate) fn apply(&self, resources: &mut Resources) -> Result<(), Fault> {
        if self.name.is_empty() {
            return Ok(());
        }
        for resource in &mut resources.list {
            resource.remember_id();
            self.apply_to(resource)?;
        }
        match resources.twice() {
            Some(id) => Err(Fault::new(format!("after setting the namespace, there are two of {id}; rename one"))),
            None => Ok(()),
        }
    }

    fn apply_to(&self, resource: &mut Resource) -> Result<(), Fault> {
        let gvk = resource.gvk();
        if !gvk.is_cluster_scoped() && (!self.unset_only || resource.namespace().is_empty()) {
            resource.set_namespace(self.name);
        }
        if gvk.group == "rbac.authorization.k8s.io" && matches!(gvk.kind.as_str(), "RoleBinding" | "ClusterRoleBinding")
        {
            self.bind(&mut resource.value);
        }
        for field in self.fields {
            let is_core = gvk.group.is_empty() && gvk.kind == "Namespace";
            // Done above, or another kind that is called Namespace too.
            if field.path == "metadata/namespace" || field.path == "metadata/name" && !is_core {
                continue;
            }
            field.visit(&mut resource.value, &mut |value| {
                let is_set = value.as_str().is_some_and(|text| !text.is_empty());
                if !(self.unset_only && is_set) {
                    *value = Value::from(self.name);
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    fn bind(&self, binding: &mut Value) {
        let Some(Value::Array(subjects)) = binding.get_mut("subjects") else { return };
        for subject in subjects {
            let wanted = text_at(subject, &["kind"]) == Some("ServiceAccount")
                && match self.subjects {
                    Subjects::DefaultOnly => text_at(subject, &["name"]) == Some("default"),
                    Subjects::AllServiceAccounts => true,
                    Subjects::None => false,
                };
            let is_set = text_at(subject, &["namespace"]).is_some_and(|namespace| !namespace.is_empty());
            if let Value::Object(fields) = subject
                && wanted
                && !(self.unset_only && is_set)
            {
                fields.insert("namespace".to_owned(), Value::from(self.name));
            }
        }
    }
}
