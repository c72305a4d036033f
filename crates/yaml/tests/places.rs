//! Every value knows where it stands in its file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

mod common;

use common::places;
use ks_yaml::{Limits, documents, json, parts};

fn yaml_places(text: &str) -> String {
    documents(text, Limits::default()).map(|document| places(&document.content.unwrap().unwrap())).collect()
}

#[test]
fn block_collections() {
    assert_eq!(
        yaml_places("a: 1\nb:\n  c: x\n  d:\n  - e: 1\n    f: 2\n  -   g\n  -\n    h: i\nj:\n"),
        "1:1 {}\n1:4 a 1\n3:3 b {}\n3:6 b.c \"x\"\n5:3 b.d []\n5:5 b.d[0] {}\n5:8 b.d[0].e 1\n6:8 b.d[0].f 2\n\
         7:7 b.d[1] \"g\"\n9:5 b.d[2] {}\n9:8 b.d[2].h \"i\"\n10:3 j null\n"
    );
}

#[test]
fn columns_count_characters() {
    assert_eq!(
        yaml_places("é: 1\n日本: {ü: 2}\nz: [\"𝄞\", 3]\n"),
        "1:1 {}\n1:4 é 1\n2:5 日本 {}\n2:9 日本.ü 2\n3:4 z []\n3:5 z[0] \"𝄞\"\n3:10 z[1] 3\n"
    );
}

#[test]
fn anchors_tags_and_block_texts() {
    assert_eq!(
        yaml_places("a: &x\n  b: !!str 1\nc: |\n  t\nd: !!str >- # | c\n\n  u\ne: *x\n- |\n".trim_end_matches("- |\n")),
        "1:1 {}\n2:3 a {}\n2:12 a.b \"1\"\n3:4 c \"t\\n\"\n5:10 d \"\\nu\"\n2:3 e {}\n2:12 e.b \"1\"\n"
    );
    assert_eq!(
        yaml_places("- |\n  x\n- b: # z\n    |\n    x\n"),
        "1:1 []\n1:3 [0] \"x\\n\"\n3:3 [1] {}\n4:5 [1].b \"x\\n\"\n"
    );
    assert_eq!(yaml_places("--- >\n x\n"), "1:5 \"x\\n\"\n");
}

#[test]
fn documents_keep_the_lines_of_their_file() {
    let text = "# licence\n---\n# d\na: 1\n---\n---\n- b\n...\n# tail\n---\nc: 2\r\n";
    let lines: Vec<_> = documents(text, Limits::default())
        .map(|document| (document.index, document.line, document.content.unwrap().map(|tree| places(&tree))))
        .collect();
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        lines,
        [
            (0, 4, some("4:1 {}\n4:4 a 1\n")),
            (1, 5, None),
            (2, 7, some("7:1 []\n7:3 [0] \"b\"\n")),
            (3, 11, some("11:1 {}\n11:4 c 2\n")),
        ]
    );
}

#[test]
fn every_line_break_counts() {
    for text in [
        "# c\na: 1\n---\n\nb: [\n",
        "# c\ra: 1\r---\r\rb: [\r",
        "# c\r\na: 1\r\n---\r\n\r\nb: [\r\n",
        "# c\ra: 1\n---\r\n\rb: [\n",
    ] {
        let all: Vec<_> = documents(text, Limits::default()).collect();
        assert_eq!((all.len(), all[0].line, all[1].line), (2, 2, 5), "{text:?}");
        assert_eq!(all[0].content.as_ref().unwrap().as_ref().unwrap().root().unwrap().position().line, 2, "{text:?}");
        assert!((5..=6).contains(&all[1].content.as_ref().unwrap_err().line), "{text:?}");
    }
}

#[test]
fn parts_are_the_documents() {
    let text = "\u{feff}# licence\n---\na: 1\n--- b\n---\n\n---\n%YAML 1.1\n---\nc: 2";
    let whole: Vec<_> = documents(text, Limits::default())
        .map(|d| (d.index, d.line, d.content.map(|t| t.map(|t| places(&t)))))
        .collect();
    let single: Vec<_> = parts(text)
        .map(|part| (part.index, part.line, part.read(text, Limits::default()).map(|t| t.map(|t| places(&t)))))
        .collect();
    assert_eq!(whole, single);
    let bytes: Vec<_> = parts(text).map(|part| text[part.bytes].to_owned()).collect();
    assert_eq!(bytes.concat(), text.trim_start_matches('\u{feff}'));
}

#[test]
fn json_values() {
    let tree =
        json("{\n  \"é\": [1,\t{\"b\": \"日\", \"c\": null}],\r\n  \"d\": -1.50e1\n}\n", Limits::default()).unwrap();
    assert_eq!(
        places(&tree),
        "1:1 {}\n2:8 é []\n2:9 é[0] 1\n2:12 é[1] {}\n2:18 é[1].b \"日\"\n2:28 é[1].c null\n3:8 d -15\n"
    );
}
