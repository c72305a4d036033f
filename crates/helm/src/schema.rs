//! `values.schema.json`

use crate::chart::Chart;
use crate::error::Error;
use ks_gotemplate::{Map, Value, to_json};

/// Checks the values of a chart and of all below it.
pub(crate) fn validate(chart: &Chart, values: &Map) -> Result<(), Error> {
    let mut problems = String::new();
    check(chart, values, &mut problems);
    if problems.is_empty() { Ok(()) } else { Err(Error::Schema(problems)) }
}

fn check(chart: &Chart, values: &Map, problems: &mut String) {
    if let Some(schema) = &chart.schema
        && let Err(found) = check_one(schema, values)
    {
        problems.push_str(&format!("{}:\n{found}", chart.name()));
    }
    for dependency in &chart.dependencies {
        if let Some(Value::Map(below)) = values.get(dependency.name()) {
            check(dependency, &below, problems);
        }
    }
}

fn check_one(schema: &str, values: &Map) -> Result<(), String> {
    let parse = |text: &str| serde_json::from_str::<serde_json::Value>(text).map_err(|error| format!("- {error}\n"));
    let text = to_json(&Value::Map(values.clone()), usize::MAX).map_err(|failure| format!("- {failure}\n"))?;
    let (schema, values) = (parse(schema)?, parse(&text)?);
    // Formats are notes, as in Helm. References to other documents are not followed: there is no network.
    let validator =
        jsonschema::options().build(&schema).map_err(|error| format!("- the schema cannot be used: {error}\n"))?;
    let problems: Vec<String> = validator
        .iter_errors(&values)
        .map(|error| format!("- at '{}': {}\n", error.instance_path(), error.masked()))
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(problems.concat()) }
}
