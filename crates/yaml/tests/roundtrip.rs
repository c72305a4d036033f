//! What is written as JSON is read back the same by both readers: JSON is YAML.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

mod common;

use common::{to_json, yaml};
use ks_object::{Node, Tree, from_json};
use ks_yaml::{Limits, json};
use proptest::prelude::*;
use serde_json::Value;

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_filter("JSON has finite numbers alone", |float| float.is_finite()).prop_map(Value::from),
        (-1000i32..1000).prop_map(|number| Value::from(f64::from(number) / 8.0)),
        "[a-zA-Z0-9 _.:#{}&*!|>'\"%@`,?~<=\\\\/\\[\\]-]{0,12}".prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        prop_oneof![Just("yes"), Just("null"), Just("1e3"), Just("0644"), Just("---"), Just("<<")]
            .prop_map(Value::from),
    ];
    let key = prop_oneof!["[a-z]{1,6}", "\\PC{0,6}", Just("<<".to_owned()), Just("yes".to_owned())];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(key.clone(), inner, 0..24)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// Equal, numbers as numbers.
fn same(a: &Tree, b: &Tree) -> bool {
    a.root().zip(b.root()).is_some_and(|(a, b): (Node<'_>, Node<'_>)| a == b)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn json_is_read_back(value in value(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&value).unwrap() } else { value.to_string() };
        let tree = json(&text, Limits::default()).unwrap();
        prop_assert!(same(&tree, &from_json(&value)), "{text} became {}", to_json(&tree));
        // What was written once reads and writes the same for ever.
        let written = to_json(&tree);
        let again = json(&written, Limits::default()).unwrap();
        prop_assert_eq!(to_json(&again), written);
    }

    #[test]
    fn yaml_reads_json(value in value()) {
        // YAML has fewer raw characters than JSON and takes U+0085 and its like for line breaks: escaped, all pass.
        let text: String = value.to_string().chars().flat_map(|char| {
            let plain = char.is_ascii() && !char.is_ascii_control();
            let units: Vec<u16> = char.encode_utf16(&mut [0; 2]).to_vec();
            if plain { vec![char.to_string()] } else { units.iter().map(|unit| format!("\\u{unit:04x}")).collect() }
        }).collect();
        let tree = json(&text, Limits::default()).unwrap();
        prop_assert_eq!(yaml(&text).unwrap(), to_json(&tree), "{}", text);
    }

    #[test]
    fn yaml_writes_are_read_back(value in value()) {
        let mut text = String::new();
        block(&value, 0, &mut text);
        prop_assert_eq!(yaml(&text).unwrap(), to_json(&from_json_read(&value)), "{}", text);
    }

    #[test]
    fn any_text_is_survived(text in "[ \n\t:{}\\[\\]a-c0-9&*!|>'\"%?,#<-]{0,60}") {
        for document in ks_yaml::documents(&text, Limits::default()) {
            if let Err(problem) = document.content {
                prop_assert!(problem.line >= 1 && problem.column >= 1);
            }
        }
        let _ = json(&text, Limits::default());
    }
}

fn from_json_read(value: &Value) -> Tree {
    json(&value.to_string(), Limits::default()).unwrap()
}

/// Writes block YAML with every text and key in double quotes.
fn block(value: &Value, indent: usize, out: &mut String) {
    let pad = " ".repeat(indent);
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (key, value) in fields {
                out.push_str(&format!("\n{pad}{}:", quoted(key)));
                block(value, indent + 1, out);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                out.push_str(&format!("\n{pad}-"));
                block(item, indent + 1, out);
            }
        }
        Value::String(text) => out.push_str(&format!(" {}", quoted(text))),
        other => out.push_str(&format!(" {other}")),
    }
    if indent == 0 {
        out.push('\n');
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for char in text.chars() {
        match char {
            '"' | '\\' => out.extend(['\\', char]),
            ' '..='~' => out.push(char),
            _ => out.push_str(&format!("\\U{:08x}", u32::from(char))),
        }
    }
    out.push('"');
    out
}
