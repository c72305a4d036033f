#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;

fn tree(text: &str) -> Tree {
    if text.trim_start().starts_with('{') {
        return ks_yaml::json(text, ks_yaml::Limits::default()).unwrap();
    }
    ks_yaml::parse(text).unwrap()
}

/// Sets a value and reads the result again: the value must be there.
fn check_set(text: &str, path: &str, value: &str, expected: &str) {
    let edit = set(text, &tree(text), path, value).unwrap_or_else(|| panic!("no edit of\n{text}"));
    let edited = edit.apply(text);
    assert_eq!(edited, expected);
    let again = tree(&edited);
    let found = again.root().unwrap().find(path);
    assert!(found.whole, "{path} is not in\n{edited}");
    assert_eq!(found.node.text(), value);
}

fn check_delete(text: &str, path: &str, expected: &str) {
    let edit = delete(text, &tree(text), path).unwrap_or_else(|| panic!("no edit of\n{text}"));
    let edited = edit.apply(text);
    assert_eq!(edited, expected);
    assert!(!tree(&edited).root().unwrap().find(path).whole || path.ends_with(']'));
}

const POD: &str = "\
# a pod
kind: Pod
spec:
  containers:
  - name: a   # first
    image: x
    securityContext:
      privileged: true  # why?

      # trailing
  - name: b
  # end of list
  hostPID: true
# end of file
";

#[test]
fn a_new_field_stands_behind_the_last() {
    check_set(
        POD,
        "spec.containers[1].securityContext.capabilities.drop[0]",
        "ALL",
        &POD.replace(
            "  - name: b\n",
            "  - name: b\n    securityContext:\n      capabilities:\n        drop:\n          - \"ALL\"\n",
        ),
    );
    check_set(
        POD,
        "spec.containers[0].securityContext.runAsGroup",
        "1000",
        &POD.replace("  # why?\n", "  # why?\n      runAsGroup: 1000\n"),
    );
    check_set(
        POD,
        "spec.automountServiceAccountToken",
        "false",
        &POD.replace("  hostPID: true\n", "  hostPID: true\n  automountServiceAccountToken: false\n"),
    );
}

#[test]
fn a_scalar_is_replaced_where_it_stands() {
    check_set(
        POD,
        "spec.containers[0].securityContext.privileged",
        "false",
        &POD.replace("privileged: true ", "privileged: false "),
    );
    check_set(POD, "spec.containers[0].image", "y z", &POD.replace("image: x", "image: \"y z\""));
    check_set("a: 'it''s' # c\n", "a", "b", "a: \"b\" # c\n");
    check_set("a: \"x\\\"#\"\n", "a", "1", "a: 1\n");
    check_set("a: &id !!str x\nb: *id\n", "a", "y", "a: &id !!str \"y\"\nb: *id\n");
}

#[test]
fn a_comment_in_the_first_column_ends_nothing() {
    let text = "a:\n  b: 1\n#  c: 2\n  d: 3\n# e\n";
    check_set(text, "a.f", "4", "a:\n  b: 1\n#  c: 2\n  d: 3\n  f: 4\n# e\n");
}

#[test]
fn nothing_to_do_is_no_edit() {
    assert_eq!(set(POD, &tree(POD), "spec.hostPID", "true"), None);
}

#[test]
fn line_ends_and_missing_last_break_stay() {
    check_set("a:\r\n  b: 1\r\nc: 2\r\n", "a.d", "3", "a:\r\n  b: 1\r\n  d: 3\r\nc: 2\r\n");
    check_set("a:\n    b: 1", "a.c.d", "x", "a:\n    b: 1\n    c:\n        d: \"x\"");
}

#[test]
fn what_looks_like_a_comment_in_a_literal_is_none() {
    let text = "data:\n  run: |\n    echo\n\n  # no\n    # yes\nkind: X\n";
    check_set(text, "data.b", "1", "data:\n  run: |\n    echo\n\n  # no\n    # yes\n  b: 1\nkind: X\n");
    let text = "list:\n- |\n  a\n  # b\n- k: >-\n    # c\n";
    check_set(text, "list[1].z", "1", "list:\n- |\n  a\n  # b\n- k: >-\n    # c\n  z: 1\n");
}

#[test]
fn collections_in_brackets() {
    check_set("a: {}\n", "a.b.c", "true", "a: {b: {c: true}}\n");
    check_set("a: {x: 'it, s', y: [1, 2]} # c\n", "a.b", "v", "a: {x: 'it, s', y: [1, 2], b: \"v\"} # c\n");
    check_set("a: [1, it's]\n", "a[2]", "3", "a: [1, it's, 3]\n");
    check_set("a: {x: 1, y: z}\n", "a.x", "2", "a: {x: 2, y: z}\n");
    check_set("a: {\n  x: 1, # one\n  y: 2,\n}\n", "a.z", "3", "a: {\n  x: 1, # one\n  y: 2,\n  z: 3,\n}\n");
}

#[test]
fn json_stays_json() {
    check_set("{\"a\": {\"b\": 1}}", "a.c.d", "x", "{\"a\": {\"b\": 1, \"c\": {\"d\": \"x\"}}}");
    check_set("{\n  \"a\": {\n    \"b\": []\n  }\n}\n", "a.b[0]", "x", "{\n  \"a\": {\n    \"b\": [\"x\"]\n  }\n}\n");
    check_set(
        "{\n  \"a\": {\n    \"b\": \"1\"\n  }\n}\n",
        "a.c",
        "true",
        "{\n  \"a\": {\n    \"b\": \"1\",\n    \"c\": true\n  }\n}\n",
    );
}

#[test]
fn a_null_becomes_a_map() {
    check_set("a:\n  b:\n  c: 1\n", "a.b.d", "1", "a:\n  b:\n    d: 1\n  c: 1\n");
    check_set("a:\n  b: # none\nc: 1\n", "a.b.d", "1", "a:\n  b: # none\n    d: 1\nc: 1\n");
    check_set("a:\n  b: null\n", "a.b.d", "1", "a:\n  b:\n    d: 1\n");
    check_set("a:\n  b: ~ # none\n", "a.b.d", "1", "a:\n  b: {d: 1} # none\n");
    check_set("a:\n  b:\nnullable: 1\n", "a.b", "x", "a:\n  b: \"x\"\nnullable: 1\n");
    check_set("a:\n  - b:\n    \"c\":\n", "a[0].c", "x", "a:\n  - b:\n    \"c\": \"x\"\n");
    check_set("a: 1\nb:", "b.c", "x", "a: 1\nb:\n  c: \"x\"");
}

#[test]
fn elements_are_added_in_the_list_s_own_way() {
    check_set("a:\n- b\n# c\nd: 1\n", "a[1]", "x", "a:\n- b\n- \"x\"\n# c\nd: 1\n");
    check_set("a:\n  - b: 1\n", "a[1].b", "2", "a:\n  - b: 1\n  - b: 2\n");
    assert_eq!(set("a:\n- b\n", &tree("a:\n- b\n"), "a[2]", "x"), None);
}

#[test]
fn a_scalar_takes_the_place_of_a_block() {
    check_set("a:\n  b:\n    c: 1\n    d: 2\ne: 1\n", "a.b", "YOUR_VALUE", "a:\n  b: \"YOUR_VALUE\"\ne: 1\n");
    check_set("a: {b: [1]}\n", "a.b", "2", "a: {b: 2}\n");
}

#[test]
fn aliases_are_left_alone() {
    for (text, path) in
        [("a: &x {k: 1}\nb: *x\n", "b.k"), ("a: &x 1\nb: *x\n", "b"), ("a: &x\n  k: 1\nb:\n  <<: *x\n  l: 2\n", "b.k")]
    {
        assert_eq!(set(text, &tree(text), path, "9"), None, "{text}");
    }
    check_set("a: &x\n  k: 1\nb:\n  <<: *x\n  l: 2\n", "b.l", "3", "a: &x\n  k: 1\nb:\n  <<: *x\n  l: 3\n");
    check_set("a: &x\n  k: 1\nb:\n  l: *x\n", "b.m", "3", "a: &x\n  k: 1\nb:\n  l: *x\n  m: 3\n");
}

#[test]
fn paths_that_are_none_are_refused() {
    let text = "a:\n  b: 1\n";
    for path in ["", "a.", ".a", "a..b", "a[*]", "a[", "a.b c", "a | b", "a.$(x)", "a]b"] {
        assert_eq!(set(text, &tree(text), path, "2"), None, "{path:?}");
    }
    check_set(
        "metadata:\n  labels:\n    a: b\n",
        "metadata.labels[app.kubernetes.io/name]",
        "x",
        "metadata:\n  labels:\n    a: b\n    app.kubernetes.io/name: \"x\"\n",
    );
}

#[test]
fn the_second_document_of_a_file() {
    let text = "# c\n---\na: 1\n---\nb:\n  c: 1\n---\nd: 1\n";
    let part = ks_yaml::documents(text, ks_yaml::Limits::default()).nth(1).unwrap();
    let tree = part.content.unwrap().unwrap();
    let edit = set(text, &tree, "b.x", "2").unwrap();
    assert_eq!(edit.apply(text), "# c\n---\na: 1\n---\nb:\n  c: 1\n  x: 2\n---\nd: 1\n");
}

#[test]
fn deletions() {
    check_delete(POD, "spec.hostPID", &POD.replace("  hostPID: true\n", ""));
    check_delete(
        POD,
        "spec.containers[0].securityContext.privileged",
        &POD.replace("    securityContext:\n      privileged: true  # why?\n", "    securityContext: {}\n"),
    );
    check_delete(
        POD,
        "spec.containers[0].securityContext",
        &POD.replace("    securityContext:\n      privileged: true  # why?\n", ""),
    );
    check_delete(POD, "spec.containers[0].name", &POD.replace("name: a   # first\n    ", ""));
    check_delete(
        POD,
        "spec.containers[0]",
        &POD.replace("  - name: a   # first\n    image: x\n    securityContext:\n      privileged: true  # why?\n", ""),
    );
    check_delete("a: 1\nb: 2", "b", "a: 1");
    check_delete("a:\n- b\n", "a[0]", "a: []\n");
    check_delete("- a: 1\n", "[0].a", "- {}\n");
}

#[test]
fn deletions_in_brackets() {
    check_delete("a: {b: 1, c: 2}\n", "a.b", "a: {c: 2}\n");
    check_delete("a: {b: 1, c: 2}\n", "a.c", "a: {b: 1}\n");
    check_delete("a: {b: 1}\n", "a.b", "a: {}\n");
    check_delete("{\"a\": 1, \"b\": [2]}", "b", "{\"a\": 1}");
    check_delete("a: [x, 'y, z', w]\n", "a[1]", "a: [x, w]\n");
}

/// Shapes that manifests come in. No merge keys: they say one thing in two places.
const SHAPES: [&str; 5] = [
    POD,
    "a: &x [1, \"two\", 'th''ree', {k: v, l: [m]}]\nb:\n\n# c\n- - 1\n  - 2 # two\n-\n  k: v\n- |\n  # text\n\n  more\n- end\nc:\n    d:\n       e: 1\n    f: {}\n    g: []\n",
    "{\"a\": {\"b\": [1, {\"c\": \"d\"}], \"e\": {}},\n \"f\": \"g, h\"}\n",
    "a:\r\n  - b: 1\r\n    c:\r\n      - d\r\n    e: >-\r\n      folded\r\n      text\r\n  - f: null\r\ng: h\r\n",
    "a:\n  b: plain text\n    over lines\n  c: \"quoted\n    over lines\"\n  d: last",
];

/// Every value that holds no other, with its path.
fn leaves(tree: &Tree) -> Vec<(String, String)> {
    fn walk(node: Node<'_>, into: &mut Vec<(String, String)>) {
        if node.is_empty() {
            into.push((node.path().into_string(), format!("{:?} {}", node.kind(), node.text())));
        }
        node.children().for_each(|child| walk(child, into));
    }
    let mut all = Vec::new();
    walk(tree.root().unwrap(), &mut all);
    all
}

#[test]
fn setting_a_leaf_changes_nothing_else() {
    let mut edits = 0;
    for text in SHAPES {
        let before = leaves(&tree(text));
        for (at, (path, _)) in before.iter().enumerate() {
            let Some(edit) = set(text, &tree(text), path, "new: value") else { continue };
            let mut expected = before.clone();
            expected[at].1 = "Str new: value".to_owned();
            assert_eq!(leaves(&tree(&edit.apply(text))), expected, "{path} of\n{text}");
            edits += 1;
        }
    }
    assert!(edits >= 24, "{edits}");
}

#[test]
fn a_new_field_beside_a_leaf_changes_nothing_else() {
    let mut edits = 0;
    for text in SHAPES {
        let before = leaves(&tree(text));
        for (path, _) in &before {
            let Some((parent, _)) = path.rsplit_once('.') else { continue };
            let path = format!("{parent}.new.field");
            let Some(edit) = set(text, &tree(text), &path, "1") else { panic!("no edit of {path} in\n{text}") };
            let mut after = leaves(&tree(&edit.apply(text)));
            let new = after.iter().position(|(found, _)| *found == path).unwrap();
            assert_eq!(after.remove(new).1, "Int 1");
            assert_eq!(after, before, "{path} of\n{text}");
            edits += 1;
        }
    }
    assert!(edits >= 16, "{edits}");
}

#[test]
fn deleting_a_leaf_changes_nothing_else() {
    let mut edits = 0;
    for text in SHAPES {
        let all = leaves(&tree(text));
        for (path, _) in &all {
            let edit = delete(text, &tree(text), path).unwrap_or_else(|| panic!("no edit of {path} in\n{text}"));
            let after: Vec<String> = leaves(&tree(&edit.apply(text))).into_iter().map(|(_, value)| value).collect();
            let mut expected: Vec<String> =
                all.iter().filter(|(other, _)| other != path).map(|(_, value)| value.clone()).collect();
            // What held nothing else is empty now.
            let emptied = after.len() > expected.len();
            if emptied {
                let at = all.iter().position(|(other, _)| other == path).unwrap();
                expected.insert(at, after[at].clone());
                assert!(["Map ", "Seq "].contains(&after[at].as_str()));
            }
            assert_eq!(after, expected, "{path} of\n{text}");
            edits += 1;
        }
    }
    assert!(edits >= 30, "{edits}");
}
