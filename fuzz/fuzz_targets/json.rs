//! JSON of any kind: what is read is read the same again once written, and as YAML.
#![no_main]

use ks_object::write_json;
use ks_yaml::{Limits, documents, json};
use libfuzzer_sys::fuzz_target;

const LIMITS: Limits = Limits { max_depth: 20, max_values: 5_000 };

fuzz_target!(|text: &str| {
    match json(text, LIMITS) {
        Ok(tree) => {
            let mut written = String::new();
            write_json(tree.root().expect("a value"), &mut written);
            let read = json(&written, LIMITS).expect("what is written is JSON");
            let mut again = String::new();
            write_json(read.root().expect("a value"), &mut again);
            assert_eq!(written, again);
            // YAML knows fewer characters and shorter keys than JSON; ASCII of moderate length is common ground.
            if written.is_ascii() && !written.contains('\x7f') && written.len() < 1000 && !written.starts_with("null") {
                let first = documents(&written, LIMITS).next().expect("a document");
                if let Some(tree) = first.content.expect("JSON is YAML") {
                    let mut yaml = String::new();
                    write_json(tree.root().expect("a value"), &mut yaml);
                    assert_eq!(yaml, written);
                }
            }
        }
        Err(problem) => assert!(problem.line >= 1 && problem.column >= 1, "{problem}"),
    }
});
