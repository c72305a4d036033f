//! Templates that want too much end with an error, soon and without much memory.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use ks_gotemplate::{ErrorKind, Limit, Limits, Options, STACK_SIZE, Templates, Value};

fn limit(text: &'static str) -> ErrorKind {
    let limits = Limits { max_text: 1 << 20, max_bytes: 8 << 20, max_steps: 200_000, ..Limits::default() };
    let run = move || {
        let mut templates = Templates::default();
        templates.add("test", text).unwrap();
        let options = Options { limits, now: jiff::Timestamp::UNIX_EPOCH, random: |_| {} };
        match templates.run(options).execute("test", Value::Nil) {
            Ok(text) => panic!("gives {} bytes", text.len()),
            Err(error) => error.kind,
        }
    };
    std::thread::Builder::new().stack_size(STACK_SIZE).spawn(run).unwrap().join().unwrap()
}

#[test]
fn endless_recursion() {
    let include = "{{ define \"t\" }}{{ include \"t\" . }}{{ end }}{{ include \"t\" . }}";
    let template = "{{ define \"t\" }}{{ template \"t\" . }}{{ end }}{{ template \"t\" . }}";
    let tpl = "{{ define \"t\" }}{{ tpl \"{{ include \\\"t\\\" . }}\" . }}{{ end }}{{ include \"t\" . }}";
    for text in [include, template, tpl] {
        assert!(matches!(limit(text), ErrorKind::Limit(Limit::Depth(_))), "{text}");
    }
}

#[test]
fn huge_outputs() {
    let text = [
        "{{ repeat 10000000000 \"x\" }}",
        "{{ range until 1000 }}{{ repeat 10000 \"x\" }}{{ end }}",
        "{{ $x := repeat 1000 \"x\" }}{{ range until 100 }}{{ $x = printf \"%s%s\" $x $x }}{{ end }}",
        "{{ $x := repeat 1000 \"x\" }}{{ range until 100 }}{{ $x = replace \"x\" $x $x }}{{ end }}",
        "{{ indent 1000000 (repeat 1000 \"\\n\") }}",
        "{{ $x := list 1 }}{{ range until 100 }}{{ $x = concat $x $x }}{{ end }}",
        "{{ $x := dict \"a\" 1 }}{{ range until 100 }}{{ $x = dict \"a\" $x \"b\" $x }}{{ end }}{{ toYaml $x }}",
        "{{ $x := dict \"a\" 1 }}{{ range until 60 }}{{ $x = dict \"a\" $x \"b\" $x }}{{ end }}{{ deepCopy $x }}",
        "{{ until 1000000000 }}",
        "{{ seq 1000000000 }}",
    ];
    for text in text {
        assert!(matches!(limit(text), ErrorKind::Limit(Limit::Text(_) | Limit::Bytes(_))), "{text}");
    }
}

#[test]
fn endless_loops_and_cycles() {
    assert!(matches!(limit("{{ range 1000000000 }}{{ end }}"), ErrorKind::Limit(Limit::Steps(_))));
    for text in [
        "{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ $d }}",
        "{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ toJson $d }}",
        "{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ deepCopy $d }}",
    ] {
        assert!(matches!(limit(text), ErrorKind::Limit(Limit::Nesting(_) | Limit::Text(_))), "{text}");
    }
}

#[test]
fn deep_nesting_of_source() {
    let blocks = format!("{}1{}", "{{ if true }}".repeat(5_000), "{{ end }}".repeat(5_000));
    let parens = format!("{{{{ {}1{} }}}}", "(".repeat(5_000), ")".repeat(5_000));
    let parse = move || [blocks, parens].map(|text| Templates::default().add("test", &text).is_err());
    let refused = std::thread::Builder::new().stack_size(STACK_SIZE).spawn(parse).unwrap().join().unwrap();
    assert_eq!(refused, [true, true]);
}

#[test]
fn values_nested_deeper_than_the_stack() {
    let text =
        "{{ $l := list 1 }}{{ $d := dict }}{{ range 300000 }}{{ $l = list $l }}{{ $d = dict \"d\" $d }}{{ end }}done";
    let mut templates = Templates::default();
    templates.add("test", text).unwrap();
    let options = Options { limits: Limits::default(), now: jiff::Timestamp::UNIX_EPOCH, random: |_| {} };
    assert_eq!(templates.run(options).execute("test", Value::Nil).unwrap(), "done");
}
