//! Scalars have the type that Kubernetes gives them. Every expected value was checked against sigs.k8s.io/yaml 1.6.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

mod common;

use common::yaml;

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (scalar, json) in cases {
        let got = yaml(&format!("a: {scalar}\n")).unwrap_or_else(|problem| panic!("{scalar}: {problem}"));
        assert_eq!(got, format!("{{\"a\":{json}}}"), "of {scalar:?}");
    }
}

#[test]
fn booleans() {
    for word in ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"] {
        check(&[(word, "true")]);
    }
    for word in ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"] {
        check(&[(word, "false")]);
    }
    check(&[("yEs", r#""yEs""#), ("tRUE", r#""tRUE""#), ("'yes'", r#""yes""#), ("\"on\"", r#""on""#)]);
}

#[test]
fn nulls() {
    check(&[("", "null"), ("~", "null"), ("null", "null"), ("Null", "null"), ("NULL", "null")]);
    check(&[("nUll", r#""nUll""#), ("''", r#""""#), ("'~'", r#""~""#)]);
}

#[test]
fn whole_numbers() {
    check(&[
        ("0", "0"),
        ("-0", "0"),
        ("+1", "1"),
        ("-12", "-12"),
        ("0644", "420"),
        ("-012", "-10"),
        ("+012", "10"),
        ("0o644", "420"),
        ("0O7", "7"),
        ("0x1F", "31"),
        ("0X1f", "31"),
        ("-0x1", "-1"),
        ("0b11", "3"),
        ("-0b11", "-3"),
        ("0b_11", "3"),
        ("1_000", "1000"),
        ("1__0", "10"),
        ("1_", "1"),
        ("0_7", "7"),
        ("0x_f", "15"),
        ("9223372036854775807", "9223372036854775807"),
        ("9223372036854775808", "9223372036854775808"),
        ("18446744073709551615", "18446744073709551615"),
        ("0xffffffffffffffff", "18446744073709551615"),
        ("-9223372036854775808", "-9223372036854775808"),
    ]);
}

#[test]
fn floats() {
    check(&[
        ("1.0", "1"),
        ("-1.0", "-1"),
        // The converter writes -0, which every reader of JSON takes for 0.
        ("-0.0", "0"),
        ("1e3", "1000"),
        ("1E+3", "1000"),
        ("1e-3", "0.001"),
        (".5", "0.5"),
        ("-.5", "-0.5"),
        ("+.5", "0.5"),
        ("5.", "5"),
        ("1.e5", "100000"),
        ("0.1", "0.1"),
        ("1_000.5", "1000.5"),
        ("08", "8"),
        ("0789", "789"),
        ("01.5", "1.5"),
        ("1e-6", "0.000001"),
        ("1e-7", "1e-7"),
        ("1.5e-10", "1.5e-10"),
        ("1e20", "100000000000000000000"),
        ("1e21", "1e+21"),
        ("1.5e300", "1.5e+300"),
        ("4.9e-324", "5e-324"),
        ("1e-400", "0"),
        ("18446744073709551616", "18446744073709552000"),
        ("-9223372036854775809", "-9223372036854776000"),
        ("123456789012345678901234567890", "1.2345678901234568e+29"),
    ]);
}

#[test]
fn texts_that_look_like_numbers() {
    for text in [
        "1:20",
        "190:20:30",
        "2001-01-01",
        "2001-12-14t21:59:43.10-05:00",
        "1.2.3",
        "1e",
        "1e400",
        ".",
        "-.",
        "+",
        "0x",
        "0xg",
        "0b",
        "0b12",
        "0o8",
        "_1",
        "1,000",
        ".e5",
        "--1",
        "1-1",
        "=",
        "<<",
        "10.0.0.1/8",
        "nan",
        "inf",
        "1 2",
        "0.5.",
    ] {
        check(&[(text, &format!("{text:?}").replace('<', "\\u003c"))]);
    }
}

#[test]
fn tags() {
    check(&[
        ("!!str 1", r#""1""#),
        ("!!str yes", r#""yes""#),
        ("!!str", r#""""#),
        ("! 1", r#""1""#),
        ("!<tag:yaml.org,2002:str> 1", r#""1""#),
        ("!!int \"5\"", "5"),
        ("!!int 0644", "420"),
        ("!!float 5", "5"),
        ("!!float \"1e3\"", "1000"),
        ("!!bool yes", "true"),
        ("!!bool \"yes\"", "true"),
        ("!!null \"\"", "null"),
        ("!!timestamp 2001-01-01", r#""2001-01-01""#),
        ("!!binary aGVsbG8=", r#""hello""#),
        ("!!binary |\n  aGVs\n  bG8=", r#""hello""#),
        ("!custom 1", r#""1""#),
        ("!!map {b: 1}", r#"{"b":1}"#),
        ("!!set {b, c}", r#"{"b":null,"c":null}"#),
    ]);
    for (scalar, part) in [
        ("!!int x", "`x` is no value of type `!!int`"),
        ("!!int 1.5", "`!!int`"),
        ("!!float abc", "`!!float`"),
        ("!!bool maybe", "`!!bool`"),
        ("!!null x", "`!!null`"),
        ("!!binary '!!!'", "base64"),
    ] {
        let problem = yaml(&format!("a: {scalar}")).unwrap_err();
        assert!(problem.message.contains(part), "{scalar}: {problem}");
        assert_eq!(problem.line, 1);
    }
}

#[test]
fn numbers_without_a_json_form() {
    for text in [".inf", "-.INF", "+.Inf", ".nan", ".NaN", "!!float .inf"] {
        let problem = yaml(&format!("a: 1\nb: {text}")).unwrap_err();
        assert_eq!((problem.line, problem.message.contains("quote")), (2, true), "{text}: {problem}");
    }
}

#[test]
fn block_and_quoted_texts() {
    check(&[
        ("|\n  x\n  y", r#""x\ny\n""#),
        ("|-\n  x\n", r#""x""#),
        ("|+\n  x\n\n", r#""x\n\n\n""#),
        (">\n  x\n  y\n\n  z\n", r#""x y\nz\n""#),
        ("|2\n     x", r#""   x\n""#),
        ("'it''s'", r#""it's""#),
        (r#""\x41\u00e9\U0001F600\t""#, "\"Aé😀\\t\""),
        ("\"x\\\n   y\"", r#""xy""#),
        ("'x\n\n  y'", r#""x\ny""#),
        ("x\n  y # c", r#""x y""#),
        ("b#c", r#""b#c""#),
        ("http://x:80/y", r#""http://x:80/y""#),
    ]);
    // A block scalar that ends with the file has a line break there only if the file has.
    assert_eq!(yaml("a: |\n  x").unwrap(), r#"{"a":"x"}"#);
    assert_eq!(yaml("a: |\n  x\n").unwrap(), r#"{"a":"x\n"}"#);
    assert_eq!(yaml("a: >+\n  x").unwrap(), r#"{"a":"x"}"#);
}

#[test]
fn line_ends() {
    for text in ["a: |\n  x\n  y\nb:\n- 1\n- yes\n", "# c\na: |\n  x\n  y\nb: [1, on]\n"] {
        let plain = yaml(text).unwrap();
        assert_eq!(plain, r#"{"a":"x\ny\n","b":[1,true]}"#);
        assert_eq!(yaml(&text.replace('\n', "\r\n")).unwrap(), plain);
        assert_eq!(yaml(&format!("\u{feff}{text}")).unwrap(), plain);
    }
}

#[test]
fn keys() {
    for (key, text) in [
        ("1", "1"),
        ("0x10", "16"),
        ("010", "8"),
        ("1.5", "1.5"),
        ("1.0", "1"),
        ("1e3", "1000"),
        ("1e21", "1e+21"),
        ("1e-7", "1e-07"),
        ("0.1", "0.1"),
        ("123456789.5", "1.2345679e+08"),
        ("1.5e300", ".inf"),
        ("-.inf", "-.inf"),
        ("yes", "true"),
        ("y", "true"),
        ("off", "false"),
        ("'yes'", "yes"),
        ("2001-01-01", "2001-01-01"),
        ("!!str 1", "1"),
        ("!!binary YQ==", "a"),
        ("key with space", "key with space"),
        ("? a", "a"),
        ("18446744073709551615", "18446744073709551615"),
    ] {
        let text_given = if key.starts_with('?') { format!("{key}\n: v") } else { format!("{key}: v") };
        assert_eq!(yaml(&text_given).unwrap(), format!("{{{text:?}:\"v\"}}"), "of {key:?}");
    }
    for key in ["null", "~", "[a]", "{a: b}", "? [a]\n"] {
        let problem = yaml(&format!("{key}: v")).unwrap_err();
        assert!(problem.message.contains("key"), "{key}: {problem}");
    }
}
