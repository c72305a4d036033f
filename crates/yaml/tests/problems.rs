//! What cannot be read says where and why, quickly, and never panics.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

mod common;

use common::{yaml, yaml_within};
use ks_yaml::{Limits, documents, json};
use std::time::{Duration, Instant};

#[test]
fn syntax() {
    for (text, line, part) in [
        ("a: b: c", 1, "`:`"),
        ("a:\n\tb: c", 2, "tab"),
        ("\ta: b", 1, "tab"),
        ("a: 1\n \tb: 2", 2, ""),
        ("a:\n \t b: 2", 2, "tab"),
        ("a:\n  b: 1\n  \t\n  c: 2", 3, "tab"),
        ("a: 1\n\t# c\nb: 2", 2, "tab"),
        ("a:\n-\tb", 2, "tab"),
        ("a: 'x'\n\t", 2, "tab"),
        ("# c\n\t\n# d\na: 1", 2, "tab"),
        ("a:\n  - b\n - c", 3, ""),
        ("a: 'x\nb: 1", 1, "quote"),
        ("a: \"x", 1, "quote"),
        ("a: @x", 1, "quote it"),
        ("a: `x`", 1, "quote it"),
        ("a: %x", 1, "quote it"),
        ("a: \"\\q\"", 1, "escape"),
        ("a: [b, c", 1, ""),
        ("a: {b: c", 1, ""),
        ("a: ]", 1, ""),
        ("- a\nb: c", 2, ""),
        ("a: 1\n- b", 2, ""),
        ("a: - b", 1, ""),
        ("a: |x\n  x", 1, ""),
        ("a: b\n c: d", 2, "`:`"),
        ("a: x\u{0}y", 1, ""),
        ("a: x\u{7}y", 1, ""),
        ("a: x\u{7f}y", 1, ""),
        ("# \u{1b}[31m\na: 1", 1, ""),
        ("a: \"\u{9f}\"", 1, ""),
        ("a: \u{fffe}", 1, ""),
        ("%x: 1", 1, ""),
        ("%YAML 1.1\na: 1", 2, ""),
        ("a: {{ .Values.x }}", 1, "key"),
        ("{{- if x }}\na: b\n{{- end }}", 1, ""),
    ] {
        let problem = yaml(text).expect_err(text);
        assert!(problem.line >= 1 && problem.column >= 1, "{text:?}: {problem}");
        assert!(problem.message.contains(part), "{text:?}: {problem}");
        if line > 0 {
            let lines = u32::try_from(text.lines().count()).unwrap();
            assert!((line..=lines.max(line) + 1).contains(&problem.line), "{text:?}: {problem}");
        }
    }
}

#[test]
fn tabs_that_do_no_harm() {
    for text in [
        "a:\t1\t# c\t\nb: \"\t\"\nc: |\n  x\n  \ty\nd: {\te: [\t1\t,\t2\t]\t}\t\n",
        "# c\n---\t# d\na: 1 \t\n#\te\n",
        "{\n\t\"a\": [\n\t\t1\n\t]\n}\n",
    ] {
        assert!(yaml(text).is_ok(), "{text:?}: {:?}", yaml(text));
    }
}

#[test]
fn problems_point_into_the_file() {
    let text = "a: 1\n---\nb: 2\n---\nc:\n  d: [\n  e: f\n";
    let problems: Vec<_> = documents(text, Limits::default()).filter_map(|document| document.content.err()).collect();
    assert_eq!(problems.len(), 1);
    assert!((6..=8).contains(&problems[0].line), "{}", problems[0]);
}

#[test]
fn depth() {
    let block = |depth: usize| (0..depth).fold(String::new(), |text, level| format!("{text}{}a:\n", " ".repeat(level)));
    for (text, deep) in [
        (format!("{}{}", "[".repeat(100), "]".repeat(100)), false),
        (format!("{}{}", "[".repeat(101), "]".repeat(101)), true),
        ("[".repeat(100_000), true),
        ("{a: ".repeat(100_000), true),
        ("- ".repeat(100_000), true),
        (format!("{}b", "a: [ {".repeat(50_000)), true),
        (block(100), false),
        (block(101), true),
    ] {
        let begun = Instant::now();
        let got = yaml(&text);
        assert!(begun.elapsed() < Duration::from_secs(5), "{:.40}", text);
        if deep {
            let problem = got.unwrap_err();
            assert!(problem.message.contains("100 levels"), "{:.40}: {problem}", text);
        } else {
            assert!(got.is_ok(), "{:.40}: {got:?}", text);
        }
    }
    assert!(yaml(&"? ".repeat(100_000)).unwrap_err().message.contains("where a key must be"));
    for text in ["[".repeat(101), "{\"a\":".repeat(100_000)] {
        assert!(json(&text, Limits::default()).unwrap_err().message.contains("100 levels"));
    }
    assert!(json(&format!("{}{}", "[".repeat(100), "]".repeat(100)), Limits::default()).is_ok());
    let shallow = Limits { max_depth: 2, ..Limits::default() };
    assert!(yaml_within("a: {b: 1}", shallow).is_ok());
    assert!(yaml_within("a: {b: []}", shallow).is_err());
    // Aliases count with what they stand for.
    assert!(yaml_within("a: &x [1]\nb: *x", shallow).is_ok());
    assert!(yaml_within("a: &x [1]\nb: [*x]", shallow).unwrap_err().message.contains("2 levels"));
}

#[test]
fn alias_chains_stay_shallow() {
    let mut text = "- &a0 [x]\n".to_owned();
    for n in 1..500 {
        text.push_str(&format!("- &a{n} [*a{}]\n", n - 1));
    }
    assert!(yaml(&text).unwrap_err().message.contains("100 levels"));
}

#[test]
fn values() {
    let few = Limits { max_values: 10, ..Limits::default() };
    assert!(yaml_within("[1,2,3,4,5,6,7,8,9]", few).is_ok());
    let problem = yaml_within("[1,2,3,4,5,6,7,8,9,\n10]", few).unwrap_err();
    assert_eq!(problem.line, 2);
    assert!(problem.message.contains("more than 10 values"), "{problem}");
    assert!(json("[1,2,3,4,5,6,7,8,9]", few).is_ok());
    assert!(json("[1,2,3,4,5,6,7,8,9,10]", few).is_err());
    assert!(yaml_within("a: &x [1,2,3]\nb: *x", few).is_ok());
    assert!(yaml_within("a: &x [1,2,3]\nb: [*x]\n", few).is_ok());
    assert!(yaml_within("a: &x [1,2,3]\nb: *x\nc: *x", few).is_err());
    assert!(yaml_within("a: &x {p: 1, q: 2, r: 3}\nb: {<<: *x}\nc: {<<: *x}", few).is_err());
}

#[test]
fn bombs() {
    let mut text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
    for n in 1..60 {
        let before = n - 1;
        text.push_str(&format!("a{n}: &a{n} [{}]\n", vec![format!("*a{before}"); 10].join(",")));
    }
    let mut merges = "a0: &a0 {k: 1}\n".to_owned();
    for n in 1..60 {
        merges.push_str(&format!("a{n}: &a{n} {{k{n}: [*a{0}, *a{0}], <<: *a{0}}}\n", n - 1));
    }
    for text in [text, merges] {
        let begun = Instant::now();
        let problem = yaml(&text).unwrap_err();
        assert!(problem.message.contains("1000000 values") || problem.message.contains("levels"), "{problem}");
        assert!(begun.elapsed() < Duration::from_secs(5));
    }
}

#[test]
fn large_documents_take_linear_time() {
    let begun = Instant::now();
    let map: String = (0..200_000).map(|n| format!("key{n}: {n}\n")).collect();
    assert!(yaml(&map).is_ok());
    let anchors: String = (0..50_000).map(|n| format!("- &a{n} {n}\n")).collect();
    assert!(yaml(&anchors).is_ok());
    let documents_text = "a: 1\n---\n".repeat(50_000);
    assert_eq!(documents(&documents_text, Limits::default()).count(), 50_001);
    let text = format!("a: \"{}\"\nb: |\n{}", "x ".repeat(500_000), "  line\n".repeat(100_000));
    assert!(yaml(&text).is_ok());
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
}

#[test]
fn strict_json() {
    for (text, line, column, part) in [
        ("", 1, 1, "too early"),
        ("{", 1, 2, "too early"),
        ("[1,\n2", 2, 2, "too early"),
        ("{\"a\":1,}", 1, 8, "key in double quotes"),
        ("[1,]", 1, 4, "value"),
        ("[1 2]", 1, 4, "`,`"),
        ("{a: 1}", 1, 2, "key in double quotes"),
        ("{'a': 1}", 1, 2, "quote"),
        ("{\"a\" 1}", 1, 6, "`:`"),
        ("{\"a\": 1} {}", 1, 10, "more than one JSON value"),
        ("{}\n{}", 2, 1, "more than one JSON value"),
        ("// c\n{}", 1, 1, "comments"),
        ("{} // c", 1, 4, "more than one JSON value"),
        ("[/* c */ 1]", 1, 2, "comments"),
        ("[01]", 1, 3, "`,`"),
        ("[+1]", 1, 2, "plus"),
        ("[.5]", 1, 2, ""),
        ("[5.]", 1, 2, ""),
        ("[0x10]", 1, 2, ""),
        ("[NaN]", 1, 2, ""),
        ("[Infinity]", 1, 2, ""),
        ("[-]", 1, 3, ""),
        ("[1e400]", 1, 2, "too large"),
        ("[tru]", 1, 2, ""),
        ("[true false]", 1, 7, ""),
        ("[\"a\nb\"]", 1, 2, "escape it"),
        ("[\"a\tb\"]", 1, 2, "escape it"),
        ("[\"a\\q\"]", 1, 0, ""),
        ("[\"a]", 1, 0, ""),
        ("]", 1, 1, ""),
        ("[}", 1, 2, ""),
        ("{]", 1, 2, ""),
        ("{\"a\":}", 1, 6, ""),
        ("{\"a\"}", 1, 5, ""),
        ("{,}", 1, 2, ""),
        ("[,]", 1, 2, ""),
        ("{1: 2}", 1, 2, ""),
        ("nul", 1, 1, ""),
        ("x: y", 1, 1, ""),
        ("{\u{a0}}", 1, 3, "white space"),
        ("[1]\u{0}", 1, 4, ""),
    ] {
        let problem = json(text, Limits::default()).map(|tree| common::to_json(&tree)).expect_err(text);
        assert!(problem.message.contains(part), "{text:?}: {problem}");
        assert_eq!(problem.line, line, "{text:?}: {problem}");
        if column > 0 {
            assert_eq!(problem.column, column, "{text:?}: {problem}");
        }
    }
    for (text, expected) in [
        (" null ", "null"),
        ("\u{feff}[]", "[]"),
        ("-0", "0"),
        ("[1.0, 1e3, -0.0, 1E-7, 18446744073709551616]", "[1,1000,0,1e-7,18446744073709552000]"),
        ("\"\\u00e9\\ud83d\\ude00\\/\\n\"", "\"é😀/\\n\""),
        ("{\"a\": {\"b\": [true, false, null, \"\"]}}", "{\"a\":{\"b\":[true,false,null,\"\"]}}"),
    ] {
        let tree = json(text, Limits::default()).unwrap_or_else(|problem| panic!("{text:?}: {problem}"));
        assert_eq!(common::to_json(&tree), expected);
    }
}
