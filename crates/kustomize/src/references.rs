//! Names of objects in other objects, mended after the names have changed.

use crate::error::Fault;
use crate::field::FieldSpec;
use crate::gvk::{Gvk, Id};
use crate::resource::{Resource, text_at};
use crate::resources::Resources;
use crate::types::NameReference;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// An object that may be referred to: what it is and was called.
#[derive(Debug)]
struct Candidate {
    id: Id,
    previous: Vec<Id>,
    prefixes: Vec<String>,
    suffixes: Vec<String>,
}

impl Candidate {
    fn of(resource: &Resource) -> Self {
        Self {
            id: resource.id(),
            previous: resource.previous.clone(),
            prefixes: resource.prefixes.clone(),
            suffixes: resource.suffixes.clone(),
        }
    }

    fn original(&self) -> &Id {
        self.previous.first().unwrap_or(&self.id)
    }
}

/// The objects whose names have changed, by the names that they had.
struct Candidates {
    all: Vec<Candidate>,
    by_name: HashMap<String, Vec<usize>>,
}

/// One field of one object that may hold a reference.
struct Referrer<'a> {
    /// The object.
    this: &'a Candidate,
    /// Namespaces whose service accounts it may name, when it is a role binding.
    bound: HashSet<String>,
    /// The kind that its `roleRef` names.
    role: Option<Gvk>,
    target: &'a Gvk,
    field: &'a FieldSpec,
    candidates: &'a Candidates,
}

/// Sets the names and namespaces in references to what the objects are called now.
pub(crate) fn mend(resources: &mut Resources, references: &[NameReference]) -> Result<(), Fault> {
    let all: Vec<Candidate> = resources.list.iter().map(Candidate::of).collect();
    let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, candidate) in all.iter().enumerate() {
        let names: HashSet<&str> = candidate.previous.iter().map(|id| id.name.as_str()).collect();
        for name in names {
            by_name.entry(name.to_owned()).or_default().push(at);
        }
    }
    if by_name.is_empty() {
        return Ok(());
    }
    let candidates = Candidates { all, by_name };
    for (at, resource) in resources.list.iter_mut().enumerate() {
        let Some(this) = candidates.all.get(at) else { continue };
        for reference in references {
            // What a patch makes of the kind does not change where the references stand.
            for field in reference.field_specs.iter().filter(|field| field.gvk.selects(&this.original().gvk)) {
                let referrer = Referrer {
                    this,
                    bound: bound_namespaces(resource),
                    role: field.path.ends_with("roleRef/name").then(|| role(resource)),
                    target: &reference.target,
                    field,
                    candidates: &candidates,
                };
                field.visit_any(&mut resource.value, &mut |value| referrer.update(value))?;
            }
        }
    }
    Ok(())
}

fn role(resource: &Resource) -> Gvk {
    let text = |key| text_at(&resource.value, &["roleRef", key]).unwrap_or_default();
    Gvk::new(text("apiGroup"), "", text("kind"))
}

/// Namespaces of the service accounts that a role binding names.
fn bound_namespaces(resource: &Resource) -> HashSet<String> {
    let mut namespaces = HashSet::new();
    if resource.gvk().kind != "RoleBinding" {
        return namespaces;
    }
    let subjects = resource.value.get("subjects").and_then(Value::as_array);
    for subject in subjects.into_iter().flatten() {
        if text_at(subject, &["kind"]) == Some("ServiceAccount")
            && let (Some(namespace), Some(_)) = (text_at(subject, &["namespace"]), text_at(subject, &["name"]))
        {
            namespaces.insert(namespace.to_owned());
        }
    }
    namespaces
}

impl Referrer<'_> {
    fn update(&self, value: &mut Value) -> Result<(), Fault> {
        match value {
            Value::String(name) => {
                if let Some(found) = self.find(name, None)? {
                    name.clone_from(&found.id.name);
                }
                Ok(())
            }
            Value::Array(items) => items.iter_mut().try_for_each(|item| self.update(item)),
            Value::Object(fields) => {
                let Some(Value::String(name)) = fields.get("name") else { return Ok(()) };
                let namespace = fields.get("namespace").and_then(Value::as_str);
                let Some(found) = self.find(name, namespace)? else { return Ok(()) };
                let Id { name, namespace, .. } = &found.id;
                fields.insert("name".to_owned(), Value::from(name.as_str()));
                if !namespace.is_empty() {
                    fields.insert("namespace".to_owned(), Value::from(namespace.as_str()));
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// The object that a name, and perhaps a namespace, stands for.
    fn find(&self, name: &str, namespace: Option<&str>) -> Result<Option<&Candidate>, Fault> {
        let Some(named) = self.candidates.by_name.get(name) else { return Ok(None) };
        let mut found: Vec<&Candidate> = named.iter().filter_map(|at| self.candidates.all.get(*at)).collect();
        found.retain(|candidate| {
            let was = |gvk: &Gvk| candidate.previous.iter().any(|id| gvk.selects(&id.gvk));
            self.may_name(candidate)
                && was(self.target)
                && self.role.as_ref().is_none_or(was)
                && self.is_near(candidate)
                && namespace.is_none_or(|namespace| {
                    let namespace = if namespace.is_empty() { "default" } else { namespace };
                    candidate.id.effective_namespace() == Some(namespace)
                        || candidate.original().effective_namespace() == Some(namespace)
                })
        });
        if found.len() > 1 {
            found.retain(|candidate| self.is_renamed_alike(candidate, true));
        }
        if found.len() > 1 {
            found.retain(|candidate| self.is_renamed_alike(candidate, false));
        }
        match found.as_slice() {
            [] => Ok(None),
            [first, rest @ ..] if rest.iter().all(|other| other.id.name == first.id.name) => Ok(Some(first)),
            several => {
                let ids: Vec<String> = several.iter().map(|candidate| candidate.id.to_string()).collect();
                let message =
                    format!("{}: {} names {name}, which may be {}", self.this.id, self.field.path, ids.join(" or "));
                Err(Fault::new(message))
            }
        }
    }

    /// Whether the object can name the candidate at all.
    fn may_name(&self, candidate: &Candidate) -> bool {
        match (self.this.id.effective_namespace(), candidate.id.effective_namespace()) {
            (None, _) | (_, None) => true,
            (Some(own), Some(other)) => own == other || self.bound.contains(other),
        }
    }

    fn is_near(&self, candidate: &Candidate) -> bool {
        candidate.id.gvk.kind == "ServiceAccount"
            || match (self.this.id.effective_namespace(), candidate.id.effective_namespace()) {
                (None, _) | (_, None) => true,
                (own, other) => own == other,
            }
    }

    /// Whether the candidate went through the same renaming as the object: then they stem from the same layer.
    fn is_renamed_alike(&self, candidate: &Candidate, allow_none: bool) -> bool {
        let alike = |own: &[String], other: &[String]| {
            allow_none && (own.is_empty() || other.is_empty()) || ends_alike(own, other)
        };
        alike(&self.this.prefixes, &candidate.prefixes) && alike(&self.this.suffixes, &candidate.suffixes)
    }
}

/// Whether the shorter of two lists is the end of the longer. None is the end of none only.
fn ends_alike(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    long.ends_with(short) && (!short.is_empty() || long.is_empty())
}
