//! Takes secrets out of an object before it leaves the process.

use crate::json::{begin_field, sorted, write_json, write_json_str};
use crate::{Kind, Node, Object};

/// What stands in a report instead of a secret.
const HIDDEN: &str = "XXXXXX";

/// Writes an object as JSON without what is nobody's business: values of Secrets and ConfigMaps and of container
/// environments, and without what only weighs: `managedFields`, the last-applied annotation and a workload's `status`.
/// `source_path` is added as the field `sourcePath`.
pub fn write_redacted(object: &Object<'_>, source_path: Option<&str>, out: &mut String) {
    let redaction = Redaction {
        data: match object.kind() {
            "Secret" => &["data", "stringData"],
            "ConfigMap" => &["data", "binaryData"],
            _ => &[],
        },
        workload: object.template().is_some(),
    };
    let mut fields = sorted(object.node());
    let mut source = source_path;
    fields.retain(|(key, _)| !(redaction.workload && *key == "status") && *key != "sourcePath");
    let mut first = true;
    out.push('{');
    for (key, value) in fields {
        if let Some(path) = source.take_if(|_| key > "sourcePath") {
            write_source(path, &mut first, out);
        }
        begin_field(key, &mut first, out);
        if redaction.data.contains(&key) {
            write_hidden(value, out);
        } else if key == "metadata" {
            write_metadata(value, redaction.workload, out);
        } else if redaction.workload {
            write_spec(value, out);
        } else {
            write_json(value, out);
        }
    }
    if let Some(path) = source {
        write_source(path, &mut first, out);
    }
    out.push('}');
}

struct Redaction {
    data: &'static [&'static str],
    workload: bool,
}

fn write_source(path: &str, first: &mut bool, out: &mut String) {
    begin_field("sourcePath", first, out);
    write_json_str(path, out);
}

fn write_hidden(node: Node<'_>, out: &mut String) {
    if node.kind() != Kind::Map {
        write_json(node, out);
        return;
    }
    let mut first = true;
    out.push('{');
    for (key, _) in sorted(node) {
        begin_field(key, &mut first, out);
        write_json_str(HIDDEN, out);
    }
    out.push('}');
}

fn write_metadata(node: Node<'_>, workload: bool, out: &mut String) {
    let mut first = true;
    out.push('{');
    for (key, value) in sorted(node) {
        if key == "managedFields" && workload {
            continue;
        }
        begin_field(key, &mut first, out);
        if key != "annotations" || value.kind() != Kind::Map {
            write_json(value, out);
            continue;
        }
        let mut first = true;
        out.push('{');
        for (key, value) in sorted(value) {
            // For Secrets and ConfigMaps it repeats the data that is hidden elsewhere.
            if key != "kubectl.kubernetes.io/last-applied-configuration" {
                begin_field(key, &mut first, out);
                write_json(value, out);
            }
        }
        out.push('}');
    }
    out.push('}');
}

/// Walks a workload's spec; only container lists differ from plain JSON.
fn write_spec(node: Node<'_>, out: &mut String) {
    if node.kind() != Kind::Map {
        write_json(node, out);
        return;
    }
    let mut first = true;
    out.push('{');
    for (key, value) in sorted(node) {
        begin_field(key, &mut first, out);
        let containers = matches!(key, "containers" | "initContainers" | "ephemeralContainers");
        if containers && value.kind() == Kind::Seq {
            out.push('[');
            for (at, container) in value.items().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_container(container, out);
            }
            out.push(']');
        } else if matches!(key, "template" | "jobTemplate" | "spec") {
            write_spec(value, out);
        } else {
            write_json(value, out);
        }
    }
    out.push('}');
}

fn write_container(node: Node<'_>, out: &mut String) {
    if node.kind() != Kind::Map {
        write_json(node, out);
        return;
    }
    let mut first = true;
    out.push('{');
    for (key, value) in sorted(node) {
        if key == "envFrom" {
            continue;
        }
        begin_field(key, &mut first, out);
        if key == "env" && value.kind() == Kind::Seq {
            out.push('[');
            for (at, variable) in value.items().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_variable(variable, out);
            }
            out.push(']');
        } else {
            write_json(value, out);
        }
    }
    out.push('}');
}

fn write_variable(node: Node<'_>, out: &mut String) {
    let mut first = true;
    out.push('{');
    for (key, value) in sorted(node) {
        match key {
            "valueFrom" => {}
            "value" => {
                begin_field(key, &mut first, out);
                write_json_str(HIDDEN, out);
            }
            _ => {
                begin_field(key, &mut first, out);
                write_json(value, out);
            }
        }
    }
    out.push('}');
}
