//! Documents, aliases, merges and duplicate keys.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

mod common;

use common::{to_json, yaml};
use ks_yaml::{Limits, documents, json, parse};

fn all(text: &str) -> Vec<String> {
    documents(text, Limits::default())
        .map(|document| match document.content {
            Ok(Some(tree)) => to_json(&tree),
            Ok(None) => "-".to_owned(),
            Err(problem) => format!("line {}", problem.line),
        })
        .collect()
}

#[test]
fn documents_are_those_of_a_yaml_decoder() {
    for (text, expected) in [
        ("", &[][..]),
        ("# c\n\n", &[]),
        ("---", &["-"]),
        ("a: 1", &[r#"{"a":1}"#]),
        ("--- a", &[r#""a""#]),
        ("---\ta", &[r#""a""#]),
        ("---a: 1", &[r#"{"---a":1}"#]),
        ("---\n---\na: 1", &["-", r#"{"a":1}"#]),
        ("# c\n---\na: 1\n---\n# only a comment\n---\n", &[r#"{"a":1}"#, "-", "-"]),
        ("a: 1\n---\nb: 2\n", &[r#"{"a":1}"#, r#"{"b":2}"#]),
        ("a: 1\r\n---\r\nb: 2\r\n", &[r#"{"a":1}"#, r#"{"b":2}"#]),
        ("a: 1\r---\rb: 2\r", &[r#"{"a":1}"#, r#"{"b":2}"#]),
        ("a: 1\n--- # c\nb: 2\n", &[r#"{"a":1}"#, r#"{"b":2}"#]),
        ("a: 1\n...\nb: 2\n", &[r#"{"a":1}"#, r#"{"b":2}"#]),
        ("a: 1\n...\n", &[r#"{"a":1}"#]),
        ("a: 1\n...\n# c\n---\nb: 2\n", &[r#"{"a":1}"#, r#"{"b":2}"#]),
        ("%YAML 1.1\n---\na: 1\n...\n%YAML 1.2\n---\nb: 2", &[r#"{"a":1}"#, r#"{"b":2}"#]),
        ("%TAG !e! tag:example.org,2000:\n---\na: !e!x 1", &[r#"{"a":"1"}"#]),
        ("a: |\n  x\n  ---\n  y\n", &[r#"{"a":"x\n---\ny\n"}"#]),
        ("a: --- b", &[r#"{"a":"--- b"}"#]),
        ("null\n---\n~", &["-", "-"]),
        // A broken document does not stop the others.
        ("a: [\n---\nb: 2\n---\nc: 'x\n---\nd: 4\n", &["line 2", r#"{"b":2}"#, "line 5", r#"{"d":4}"#]),
    ] {
        let got: Vec<_> =
            all(text).into_iter().map(|one| if one.starts_with("line") { "line".into() } else { one }).collect();
        let expected: Vec<_> = expected.iter().map(|one| if one.starts_with("line") { "line" } else { one }).collect();
        assert_eq!(got, expected, "of {text:?}");
    }
}

#[test]
fn embedded_yaml() {
    assert_eq!(to_json(&parse("a: yes\n---\nb: 1").unwrap()), r#"{"a":true}"#);
    assert!(parse("").is_none());
    assert!(parse("a: [").is_none());
}

#[test]
fn aliases() {
    for (text, expected) in [
        ("a: &x 1\nb: *x", r#"{"a":1,"b":1}"#),
        (
            "a: &x {c: [1, d]}\nb: *x\ne: [*x, *x]",
            r#"{"a":{"c":[1,"d"]},"b":{"c":[1,"d"]},"e":[{"c":[1,"d"]},{"c":[1,"d"]}]}"#,
        ),
        ("&k a: *k", r#"{"a":"a"}"#),
        ("a: &x b\n*x : c", r#"{"a":"b","b":"c"}"#),
        ("&k 1: a\nb: *k", r#"{"1":"a","b":1}"#),
        ("a: &x 1\nb: &x 2\nc: *x", r#"{"a":1,"b":2,"c":2}"#),
        ("a: &x\nb: *x", r#"{"a":null,"b":null}"#),
        ("- &a {b: &c [1]}\n- *c\n- *a", r#"[{"b":[1]},[1],{"b":[1]}]"#),
    ] {
        assert_eq!(yaml(text).unwrap(), expected, "of {text:?}");
    }
    for (text, part) in [
        ("a: *x", "define `&name` first"),
        ("a: &x\n  b: *x", "inside its own anchor"),
        ("x: &x\n- *x", "inside its own anchor"),
        ("a: &x {}\n*x : c", "where a key must be"),
    ] {
        let problem = yaml(text).unwrap_err();
        assert!(problem.message.contains(part), "{text:?}: {problem}");
    }
}

#[test]
fn merges() {
    for (text, expected) in [
        ("<<: {a: 1}\nb: 2", r#"{"a":1,"b":2}"#),
        ("x: &x {a: 1, b: [2]}\nz:\n  <<: *x\n  c: 3", r#"{"x":{"a":1,"b":[2]},"z":{"a":1,"b":[2],"c":3}}"#),
        // Explicit keys win, wherever they stand.
        ("<<: {a: 1}\na: 2", r#"{"a":2}"#),
        ("a: 2\n<<: {a: 1}", r#"{"a":2}"#),
        // In a list the first that has a key wins.
        ("<<: [{a: 1, b: 2}, {a: 3, c: 4}]", r#"{"a":1,"b":2,"c":4}"#),
        (
            "x: &x {a: 1}\ny_: &y {b: 2}\nz: {<<: [*x, *y], c: 3}",
            r#"{"x":{"a":1},"y_":{"b":2},"z":{"a":1,"b":2,"c":3}}"#,
        ),
        ("<<: {<<: {a: 1}, b: 2}", r#"{"a":1,"b":2}"#),
        ("<<: {a: 1}\n<<: {b: 2}", r#"{"a":1,"b":2}"#),
        ("a: &x\n  b: 1\n<<: *x", r#"{"a":{"b":1},"b":1}"#),
        // An anchor inside a merged value, and one on a mapping that merges.
        ("<<: {a: &x [1]}\nb: *x", r#"{"a":[1],"b":[1]}"#),
        (
            "p: &p {<<: {a: 1}, b: 2}\nq: {<<: *p, c: 3}\nr: *p",
            r#"{"p":{"a":1,"b":2},"q":{"a":1,"b":2,"c":3},"r":{"a":1,"b":2}}"#,
        ),
        ("- <<: []\n- <<: [{}]\n- <<: {}", "[{},{},{}]"),
        ("a: {!!merge <<: {b: 1}}", r#"{"a":{"b":1}}"#),
        // Quoted or tagged, it is a key like any other; elsewhere it is a text.
        ("\"<<\": {b: 1}", r#"{"\u003c\u003c":{"b":1}}"#),
        ("!!str <<: {b: 1}", r#"{"\u003c\u003c":{"b":1}}"#),
        ("a: <<", r#"{"a":"\u003c\u003c"}"#),
    ] {
        assert_eq!(yaml(text).unwrap(), expected, "of {text:?}");
    }
    for text in ["<<: 1", "<<: [1]", "<<: ", "<<: [[{a: 1}]]", "a: &a [1]\n<<: *a"] {
        let problem = yaml(text).unwrap_err();
        assert!(problem.message.contains("merge key"), "{text:?}: {problem}");
    }
}

#[test]
fn a_key_twice() {
    let many: String = (0..40).map(|n| format!("k{n}: {n}\n")).collect();
    for (text, line, key, first) in [
        ("a: 1\nb: 2\na: 3", 3, "`a`", "line 1"),
        ("x:\n  a:\n    b: 1\n  a: 2", 4, "`a`", "line 2"),
        ("{a: 1, 'a': 2}", 1, "`a`", "line 1"),
        ("on: 1\noff: 2\nyes: 3", 3, "`true`", "line 1"),
        ("1: a\n'1': b", 2, "`1`", "line 1"),
        ("# c\n---\na: 1\na: 2", 4, "`a`", "line 3"),
        (&format!("{many}k7: x\n"), 41, "`k7`", "line 8"),
    ] {
        let problem = yaml(text).unwrap_err();
        assert_eq!(problem.line, line, "{text:?}: {problem}");
        assert!(problem.message.contains(key) && problem.message.contains(first), "{text:?}: {problem}");
    }
    // The same key in other mappings is no duplicate.
    assert!(yaml("a: {b: 1}\nb: {b: 1, c: {b: 1}}\nc: [{b: 1}, {b: 1}]").is_ok());
    let problem = json("{\"a\": 1,\n \"b\": {\"a\": 1},\n \"\\u0061\": 2}", Limits::default()).unwrap_err();
    assert_eq!((problem.line, problem.column), (3, 2));
    assert!(problem.message.contains("first on line 1"), "{problem}");
}
