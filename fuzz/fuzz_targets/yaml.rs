//! YAML of any kind: whatever is read stays within the limits, writes as JSON that reads the same, and is found again
//! by its part of the stream.
#![no_main]

use ks_object::{Node, write_json};
use ks_yaml::{Limits, documents, json, parts};
use libfuzzer_sys::fuzz_target;

const LIMITS: Limits = Limits { max_depth: 20, max_values: 5_000 };

fuzz_target!(|text: &str| {
    let lines = text.replace("\r\n", "\n").bytes().filter(|byte| matches!(byte, b'\n' | b'\r')).count() as u32 + 1;
    let parts: Vec<_> = parts(text).collect();
    let mut count = 0;
    for document in documents(text, LIMITS) {
        let part = &parts[count];
        count += 1;
        assert_eq!((part.index, part.line), (document.index, document.line));
        let again = part.read(text, LIMITS);
        match document.content {
            Ok(Some(tree)) => {
                let root = tree.root().expect("a document that is there has a root");
                assert!(values(root, 0) <= LIMITS.max_values);
                let mut written = String::new();
                write_json(root, &mut written);
                let read = json(&written, Limits::default()).expect("what is written is JSON");
                let mut again_written = String::new();
                write_json(read.root().expect("a value"), &mut again_written);
                assert_eq!(written, again_written);
                let again = again.expect("read before").expect("there before");
                assert_eq!(again.root(), tree.root());
            }
            Ok(None) => assert!(matches!(again, Ok(None))),
            Err(problem) => {
                assert!(problem.line >= 1 && problem.line <= lines + 1 && problem.column >= 1, "{problem}");
                assert_eq!(again.err(), Some(problem));
            }
        }
    }
    assert_eq!(count, parts.len());
});

/// Counts values and looks at each: parents, paths and places must hold together.
fn values(node: Node<'_>, depth: usize) -> usize {
    assert!(depth <= LIMITS.max_depth);
    assert!(node.position().line >= 1 && node.position().column >= 1);
    let mut keys = std::collections::HashSet::new();
    let mut count = 1;
    for child in node.children() {
        assert!(child.parent() == Some(node));
        assert!(child.key().is_some() || child.index().is_some());
        if let Some(key) = child.key() {
            assert!(keys.insert(key), "{key:?} twice");
        }
        count += values(child, depth + 1);
    }
    count
}
