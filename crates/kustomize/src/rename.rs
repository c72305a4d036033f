//! Prefixes and suffixes of names.

use crate::error::Fault;
use crate::field::FieldSpec;
use crate::resources::Resources;
use serde_json::Value;

/// Which end of a name grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Prefix,
    Suffix,
}

/// Adds a text to one end of names.
pub(crate) fn apply(resources: &mut Resources, end: End, text: &str, fields: &[FieldSpec]) -> Result<(), Fault> {
    if text.is_empty() {
        return Ok(());
    }
    for resource in &mut resources.list {
        let first = resource.original_id();
        // The name of these means something to the cluster.
        let fixed = match first.gvk.kind.as_str() {
            "CustomResourceDefinition" | "Namespace" => true,
            "APIService" => first.gvk.group == "apiregistration.k8s.io",
            _ => false,
        };
        if fixed {
            continue;
        }
        for field in fields.iter().filter(|field| field.gvk.selects(&first.gvk)) {
            if field.path == "metadata/name" {
                resource.remember_id();
                match end {
                    End::Prefix => resource.prefixes.push(text.to_owned()),
                    End::Suffix => resource.suffixes.push(text.to_owned()),
                }
            }
            field.visit(&mut resource.value, &mut |value| {
                if let Value::String(name) = value {
                    match end {
                        End::Prefix => name.insert_str(0, text),
                        End::Suffix => name.push_str(text),
                    }
                }
                Ok(())
            })?;
        }
    }
    Ok(())
}
