//! Reports against their schemas.

use super::{frameworks, info, scan, text};
use ks_report::{ScanInfo, json, sarif};
use serde_json::Value;

fn schema(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn check(schema: &Value, report: &str, formats: bool) {
    let report: Value = serde_json::from_str(report).unwrap();
    let validator = jsonschema::options().should_validate_formats(formats).build(schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&report).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn the_json_report_fits_its_schema() {
    let schema = schema(include_str!("../../schema/report-v2.schema.json"));
    for (names, omit_raw) in [(&["base", "extra"][..], false), (&["base"], true)] {
        check(&schema, &text(&scan(&frameworks(names)), &ScanInfo { omit_raw, ..info() }, json::write), true);
    }
}

#[test]
fn an_unknown_field_does_not_fit_the_schema() {
    let schema = schema(include_str!("../../schema/report-v2.schema.json"));
    let report = text(&scan(&frameworks(&["base"])), &info(), json::write);
    let mut report: Value = serde_json::from_str(&report).unwrap();
    report["results"][0]["controls"][0]["surprise"] = true.into();
    assert!(!jsonschema::is_valid(&schema, &report));
}

#[test]
fn sarif_fits_its_schema() {
    let mut schema = schema(include_str!("../schemas/sarif-2.1.0.schema.json"));
    // The one regular expression that no engine reads; it is about a field that we do not write.
    for of in ["run", "toolComponent"] {
        let language = schema.pointer_mut(&format!("/definitions/{of}/properties/language")).unwrap();
        assert!(language.as_object_mut().unwrap().remove("pattern").is_some());
    }
    for strict in [false, true] {
        let report = text(&scan(&frameworks(&["base"])), &ScanInfo { strict, ..info() }, sarif::write);
        // A blank in a path is encoded in strict reports alone.
        check(&schema, &report, strict);
    }
}
