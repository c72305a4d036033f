//! Where values begin: as editors and other readers of YAML count, and not always where the parser points.

#![allow(clippy::unwrap_used)]

use ks_object::Position;

fn position(text: &str, path: &str) -> (u32, u32) {
    let tree = ks_yaml::parse(text).unwrap();
    let found = tree.root().unwrap().find(path);
    assert!(found.whole, "{path}");
    let Position { line, column } = found.node.position();
    (line, column)
}

#[test]
fn lists_begin_at_their_first_dash() {
    for (text, path, place) in [
        ("a:\n- b\n", "a", (2, 1)),
        ("a:\n  - b\n", "a", (2, 3)),
        ("a:\n- - b\n", "a", (2, 1)),
        ("a:\n- - b\n", "a[0]", (2, 3)),
        ("a:\n- [b]\n", "a", (2, 1)),
        ("a:\n- [b]\n", "a[0]", (2, 3)),
        ("a:\n-\n  b: 1\n", "a", (2, 1)),
        ("a: &x\n- b\n", "a", (2, 1)),
        ("a: &x-\n  - b\n", "a", (2, 3)),
        ("ü:\n- |\n  b\n", "ü", (2, 1)),
        ("a: [b]\n", "a", (1, 4)),
    ] {
        assert_eq!(position(text, path), place, "{path} of\n{text}");
    }
}

#[test]
fn literal_texts_begin_at_their_mark() {
    for (text, path, place) in [
        ("a: |\n  b\n", "a", (1, 4)),
        ("ü: >- # c\n\n  b\n", "ü", (1, 4)),
        ("a:\n- |2\n   b\n", "a[0]", (2, 3)),
        ("a: !!str |\n  b\n", "a", (1, 10)),
    ] {
        assert_eq!(position(text, path), place, "{path} of\n{text}");
    }
}

#[test]
fn values_that_are_not_there_begin_behind_the_colon() {
    for (text, path, place) in
        [("a:\nb: 1\n", "a", (1, 3)), ("a:", "a", (1, 3)), ("- a:\n  b:\n", "[0].b", (2, 5)), ("-\n-\n", "[1]", (2, 2))]
    {
        assert_eq!(position(text, path), place, "{path} of\n{text}");
    }
}
