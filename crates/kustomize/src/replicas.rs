//! `replicas`.

use crate::error::Fault;
use crate::field::FieldSpec;
use crate::resources::Resources;
use crate::types::Replica;
use serde_json::Value;

/// Sets how often a workload runs.
pub(crate) fn apply(resources: &mut Resources, replica: &Replica, fields: &[FieldSpec]) -> Result<(), Fault> {
    let mut found = false;
    for field in fields {
        for at in resources.positions(|id| id.name == replica.name && field.gvk.selects(&id.gvk)) {
            let Some(resource) = resources.list.get_mut(at) else { continue };
            found = true;
            field.visit(&mut resource.value, &mut |value| {
                *value = Value::from(replica.count);
                Ok(())
            })?;
        }
    }
    if found {
        return Ok(());
    }
    let kinds: Vec<&str> = fields.iter().map(|field| field.gvk.kind.as_str()).collect();
    Err(Fault::new(format!("{} is none of {}; correct the name", replica.name, kinds.join(", "))))
}
