//! `kubescape list frameworks|controls|exceptions`

use crate::args::List;
use anyhow::{Context, Result, bail};
use ks_control::Library;
use ks_policy::ExceptionPolicy;
use serde_json::{Value, json};
use std::io::Write;

/// Prints names, or ids and names.
pub(crate) fn run(args: &List) -> Result<()> {
    let library = ks_controls::library();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match args.policy.as_str() {
        "frameworks" => names(&frameworks(&library), &args.format, "Supported frameworks", &mut out)?,
        "exceptions" => names(&exceptions(args)?, &args.format, "Exceptions", &mut out)?,
        "controls" => controls(&library, &args.format, &mut out)?,
        other => bail!("policy type {other:?} is not supported; supported are controls, exceptions, frameworks"),
    }
    Ok(out.flush()?)
}

fn frameworks(library: &Library) -> Vec<String> {
    library.frameworks.iter().filter(|framework| framework.listed).map(|framework| framework.name.to_owned()).collect()
}

fn exceptions(args: &List) -> Result<Vec<String>> {
    let Some(path) = &args.exceptions else { return Ok(Vec::new()) };
    let text = std::fs::read_to_string(path).with_context(|| format!("reading exceptions {}", path.display()))?;
    let list: Vec<ExceptionPolicy> =
        serde_json::from_str(&text).with_context(|| format!("{} is no list of exceptions", path.display()))?;
    Ok(list.into_iter().map(|exception| exception.name).collect())
}

fn names(names: &[String], format: &str, title: &str, out: &mut dyn Write) -> Result<()> {
    match format {
        "pretty-print" => {
            writeln!(out, "{title}")?;
            names.iter().try_for_each(|name| writeln!(out, "* {name}"))?;
        }
        "json" => writeln!(out, "{}", json!(names))?,
        "yaml" => names.iter().try_for_each(|name| writeln!(out, "- {}", json!(name)))?,
        "csv" => {
            writeln!(out, "name")?;
            names.iter().try_for_each(|name| writeln!(out, "{}", csv_field(name)))?;
        }
        other => bail!("format {other:?} is not supported; formats are pretty-print, json, yaml, csv"),
    }
    Ok(())
}

fn controls(library: &Library, format: &str, out: &mut dyn Write) -> Result<()> {
    let frameworks = |control: &ks_control::Control| -> Vec<&'static str> {
        control.frameworks.iter().map(|place| place.framework).collect()
    };
    match format {
        "pretty-print" => {
            for control in library.controls {
                let severity = control.severity().name();
                writeln!(out, "{:<8} {severity:<9} {}", control.id, control.title)?;
            }
        }
        "json" => {
            let list: Vec<Value> = library
                .controls
                .iter()
                .map(|control| json!({ "id": control.id, "name": control.title, "frameworks": frameworks(control) }))
                .collect();
            writeln!(out, "{}", json!(list))?;
        }
        "yaml" => {
            for control in library.controls {
                let frameworks = json!(frameworks(control));
                writeln!(out, "- id: {}\n  name: {}\n  frameworks: {frameworks}", control.id, json!(control.title))?;
            }
        }
        "csv" => {
            writeln!(out, "id,name,frameworks")?;
            for control in library.controls {
                let frameworks = frameworks(control).join(";");
                writeln!(out, "{},{},{}", control.id, csv_field(control.title), csv_field(&frameworks))?;
            }
        }
        other => bail!("format {other:?} is not supported; formats are pretty-print, json, yaml, csv"),
    }
    Ok(())
}

fn csv_field(text: &str) -> String {
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
