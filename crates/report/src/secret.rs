//! Which parts of a document are nobody's business.
//!
//! The same values that are taken out of objects in machine-readable reports are blacked out where a report quotes a
//! file: data of Secrets and ConfigMaps, values of environment variables, the last-applied annotation.

use ks_object::{Kind, Node, Object};
use std::collections::{BTreeMap, BTreeSet};

/// What stands for a secret.
pub(crate) const REDACTED: &str = "[redacted]";

const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// The secret parts of one document.
#[derive(Debug, Default)]
pub(crate) struct Secrets {
    /// The first column to hide of a line, both from 1.
    columns: BTreeMap<u32, u32>,
    paths: BTreeSet<String>,
}

impl Secrets {
    /// The secret parts of an object in a file, whose lines `line` gives by their number from 1.
    pub(crate) fn of<'t>(object: &Object<'_>, line: &dyn Fn(u32) -> Option<&'t str>) -> Self {
        let mut secrets = Self::default();
        for node in nodes(object) {
            secrets.hide(node, line);
        }
        secrets
    }

    /// A line without its secrets.
    pub(crate) fn redact(&self, number: u32, text: &str) -> String {
        let Some(&column) = self.columns.get(&number) else { return text.to_owned() };
        let keep: String = text.chars().take(column.saturating_sub(1) as usize).collect();
        if keep.trim().is_empty() {
            let indent: String = text.chars().take_while(|char| *char == ' ').collect();
            format!("{indent}{REDACTED}")
        } else {
            format!("{keep}{REDACTED}")
        }
    }

    /// Whether something of a line is hidden.
    pub(crate) fn covers_line(&self, number: u32) -> bool {
        self.columns.contains_key(&number)
    }

    /// Whether a value is secret.
    pub(crate) fn covers(&self, node: Node<'_>) -> bool {
        self.paths.contains(node.path().as_str())
    }

    fn hide<'t>(&mut self, node: Node<'_>, line: &dyn Fn(u32) -> Option<&'t str>) {
        self.paths.insert(node.path().into_string());
        if matches!(node.kind(), Kind::Map | Kind::Seq) && !node.is_empty() {
            node.children().for_each(|child| self.hide(child, line));
            return;
        }
        let at = node.position();
        if at.line == 0 {
            return;
        }
        self.add(at.line, at.column.max(1));
        // The rest of a value of several lines is indented deeper than the key.
        let margin = node.parent().map_or(0, |parent| parent.position().column.saturating_sub(1)) as usize;
        let mut number = at.line + 1;
        while let Some(text) = line(number) {
            let content = text.trim_start_matches(' ');
            if !content.is_empty() && (text.len() - content.len() <= margin || !more(content)) {
                break;
            }
            self.add(number, 1);
            number += 1;
        }
        // Blank lines behind a value are no part of it worth hiding.
        while number > at.line + 1 && line(number - 1).is_some_and(|text| text.trim().is_empty()) {
            number -= 1;
            self.columns.remove(&number);
        }
    }

    fn add(&mut self, line: u32, column: u32) {
        self.columns.entry(line).and_modify(|least| *least = column.min(*least)).or_insert(column);
    }
}

/// Whether a line can continue a value: in JSON the closing brackets after a value are indented deeper than nothing,
/// too, but hold nothing, and the next field begins with its quoted name.
fn more(content: &str) -> bool {
    let punctuation = content.chars().all(|char| matches!(char, '{' | '}' | '[' | ']' | ',' | ' '));
    let field = content.starts_with('"') && content.contains("\":");
    !punctuation && !field
}

/// The secret values of an object.
fn nodes<'a>(object: &Object<'a>) -> Vec<Node<'a>> {
    let mut nodes = Vec::new();
    let data: &[&str] = match object.kind() {
        "Secret" => &["data", "stringData"],
        "ConfigMap" => &["data", "binaryData"],
        _ => &[],
    };
    nodes.extend(data.iter().filter_map(|field| object.at(&[field])));
    nodes.extend(object.annotations().and_then(|annotations| annotations.get(LAST_APPLIED)));
    let spec = object.template().and_then(|template| template.get("spec"));
    let lists = ["containers", "initContainers", "ephemeralContainers"];
    let lists = lists.iter().filter_map(|list| spec?.get(list));
    let variables = lists.flat_map(Node::items).filter_map(|container| container.get("env")).flat_map(Node::items);
    nodes.extend(variables.filter_map(|variable| variable.get("value")));
    nodes
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// The text with everything secret blacked out.
    fn redacted(text: &str) -> String {
        let tree = match text.starts_with('{') {
            true => ks_yaml::json(text, ks_yaml::Limits::default()).unwrap(),
            false => ks_yaml::parse(text).unwrap(),
        };
        let lines: Vec<&str> = text.lines().collect();
        let line = |number: u32| lines.get(number as usize - 1).copied();
        let secrets = Secrets::of(&Object::new(tree.root().unwrap(), 0), &line);
        (1..).zip(&lines).map(|(number, line)| secrets.redact(number, line) + "\n").collect()
    }

    #[test]
    fn data_of_secrets_and_config_maps() {
        assert_eq!(
            redacted(
                "kind: Secret\ndata:\n  a: cGFzcw==\nstringData:\n  b: |\n    line\n\n    line\n  c: \"x\n    y\"\ntype: Opaque\n"
            ),
            "kind: Secret\ndata:\n  a: [redacted]\nstringData:\n  b: [redacted]\n    [redacted]\n[redacted]\n    \
             [redacted]\n  c: [redacted]\n    [redacted]\ntype: Opaque\n"
        );
        assert_eq!(
            redacted("kind: ConfigMap\ndata: {a: secret, b: secret}\nmetadata: {}\n"),
            "kind: ConfigMap\ndata: {a: [redacted]\nmetadata: {}\n"
        );
        assert_eq!(redacted("kind: Role\ndata:\n  a: open\n"), "kind: Role\ndata:\n  a: open\n");
    }

    #[test]
    fn json_keeps_its_brackets() {
        assert_eq!(
            redacted(
                "{\n  \"kind\": \"Secret\",\n  \"data\": {\n    \"a\": \"x\",\n    \"b\": \"y\"\n  },\n  \"type\": \"z\"\n}\n"
            ),
            "{\n  \"kind\": \"Secret\",\n  \"data\": {\n    \"a\": [redacted]\n    \"b\": [redacted]\n  },\n  \"type\": \"z\"\n}\n"
        );
    }

    #[test]
    fn environments_and_what_was_applied_last() {
        let text = "\
apiVersion: apps/v1
kind: Deployment
metadata:
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {\"data\":\"secret\"}
    team: shop
spec:
  template:
    spec:
      containers:
      - name: web
        env:
        - name: A
          value: secret
        - value: \"secret\"
          name: B
        command: [run]
";
        let shown = redacted(text);
        assert!(!shown.contains("secret"), "{shown}");
        for kept in ["team: shop", "- name: A", "name: B", "command: [run]", "- value: [redacted]"] {
            assert!(shown.contains(kept), "{kept} in {shown}");
        }
    }
}
