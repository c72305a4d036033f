//! Labels and annotations.

use crate::error::Fault;
use crate::field::FieldSpec;
use crate::resources::Resources;
use crate::types::Texts;
use serde_json::{Map, Value};

/// Sets entries in the maps that the fields name: labels, selectors or annotations.
pub(crate) fn apply(resources: &mut Resources, entries: &Texts, fields: &[FieldSpec]) -> Result<(), Fault> {
    if entries.is_empty() {
        return Ok(());
    }
    for resource in &mut resources.list {
        for field in fields {
            field.visit(&mut resource.value, &mut |value| {
                match value {
                    Value::Object(map) => set(map, entries),
                    Value::Null => {
                        let mut map = Map::new();
                        set(&mut map, entries);
                        *value = Value::Object(map);
                    }
                    _ => return Err(Fault::new(format!("{} is no mapping; labels go into one", field.path))),
                }
                Ok(())
            })?;
        }
    }
    Ok(())
}

fn set(map: &mut Map<String, Value>, entries: &Texts) {
    for (key, value) in entries {
        map.insert(key.clone(), Value::from(value.as_str()));
    }
}
