//! The objects of a build, in order.

use crate::error::Fault;
use crate::gvk::Id;
use crate::resource::{Behavior, Resource};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Objects in the order in which they came, no two with the same id.
#[derive(Debug, Default)]
pub(crate) struct Resources {
    pub(crate) list: Vec<Resource>,
}

impl Resources {
    /// Adds objects that must be new.
    pub(crate) fn append(&mut self, more: impl IntoIterator<Item = Resource>) -> Result<(), Fault> {
        let mut names = names(&self.list);
        for resource in more {
            let id = resource.id();
            let known = names.entry(id.name.clone()).or_default();
            // An object with a generated name is another one each time.
            let is_new = id.name.is_empty()
                || !known.iter().any(|at| self.list.get(*at).is_some_and(|other| other.id().is_same(&id)));
            if !is_new {
                return Err(Fault::new(format!("{id} is there already; remove one or rename it")));
            }
            known.push(self.list.len());
            self.list.push(resource);
        }
        Ok(())
    }

    /// An object that is called the same as another, if there is one.
    pub(crate) fn twice(&self) -> Option<Id> {
        let names = names(&self.list);
        names.iter().filter(|(name, places)| !name.is_empty() && places.len() > 1).find_map(|(_, places)| {
            let ids: Vec<Id> = places.iter().filter_map(|at| self.list.get(*at)).map(Resource::id).collect();
            let again = ids.iter().enumerate().find(|(at, id)| ids.iter().take(*at).any(|other| other.is_same(id)));
            again.map(|(_, id)| id.clone())
        })
    }

    /// Adds a generated object, or puts it where its behavior says.
    pub(crate) fn absorb(&mut self, mut resource: Resource) -> Result<(), Fault> {
        let id = resource.id();
        let found = self.positions(|other| other.is_same(&id));
        match (found.as_slice(), resource.behavior) {
            ([], Behavior::Create) => self.append([resource]),
            ([], _) => {
                Err(Fault::new(format!("{id} is not there, so it cannot be merged or replaced; use behavior: create")))
            }
            ([_], Behavior::Create) => {
                Err(Fault::new(format!("{id} is there already; use behavior: merge or replace, or rename it")))
            }
            ([at], behavior) => {
                let Some(old) = self.list.get_mut(*at) else { return Ok(()) };
                inherit(&mut resource, old);
                if behavior == Behavior::Merge {
                    merge_data(&mut resource, &old.value);
                    resource.origin = old.origin.clone();
                }
                *old = resource;
                Ok(())
            }
            (_, _) => Err(Fault::new(format!("{id} names several objects; give the generator a namespace"))),
        }
    }

    /// Where the objects stand that are, or were, called something.
    pub(crate) fn positions(&self, fits: impl Fn(&Id) -> bool) -> Vec<usize> {
        let any = |resource: &Resource| resource.ids().any(|id| fits(&id));
        (0..).zip(&self.list).filter(|(_, resource)| any(resource)).map(|(at, _)| at).collect()
    }

    /// Takes out what is deleted.
    pub(crate) fn drop_deleted(&mut self) {
        self.list.retain(|resource| match &resource.value {
            Value::Object(fields) => !fields.is_empty(),
            _ => false,
        });
    }
}

/// Where the objects of each name stand.
fn names(list: &[Resource]) -> HashMap<String, Vec<usize>> {
    let mut names: HashMap<String, Vec<usize>> = HashMap::with_capacity(list.len());
    for (at, resource) in list.iter().enumerate() {
        names.entry(resource.name().to_owned()).or_default().push(at);
    }
    names
}

/// Gives a generated object the past of the one it replaces.
fn inherit(new: &mut Resource, old: &Resource) {
    for map in ["labels", "annotations"] {
        let Some(entries) = old.metadata_map(map).cloned() else { continue };
        for (key, value) in entries {
            let known = new.metadata_map(map).is_some_and(|entries| entries.contains_key(&key));
            if let Some(value) = value.as_str().filter(|_| !known) {
                new.set_metadata_entry(map, &key, value);
            }
        }
    }
    new.set_name(old.name());
    new.set_namespace(old.namespace());
    new.previous.clone_from(&old.previous);
    new.prefixes.clone_from(&old.prefixes);
    new.suffixes.clone_from(&old.suffixes);
    new.variables.clone_from(&old.variables);
}

/// Adds the old data below the new.
fn merge_data(new: &mut Resource, old: &Value) {
    for field in ["data", "binaryData"] {
        let Some(Value::Object(entries)) = old.get(field) else { continue };
        let mut all: Map<String, Value> = entries.clone();
        if let Some(Value::Object(entries)) = new.value.get(field) {
            all.extend(entries.clone());
        }
        if let (Value::Object(fields), false) = (&mut new.value, all.is_empty()) {
            fields.insert(field.to_owned(), Value::Object(all));
        }
    }
}
