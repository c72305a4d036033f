//! What functions give, a family a table. A row is a template and its output.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use ks_gotemplate::{Limits, Options, Templates, Value, from_yaml};

const DATA: &str = "
name: Demo App
empty: ''
nothing: null
int: 42
million: 1000000
float: 3.75
list: [c, a, b, a]
numbers: [3, 1, 2, 10]
map: {b: 2, a: 1, c: {d: [1, 2, {e: f}]}}
unicode: naïve
";

/// Enough to find primes with: always other bytes.
fn random(bytes: &mut [u8]) {
    static STATE: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);
    for byte in bytes {
        let state = STATE.fetch_add(0x9e37_79b9_7f4a_7c15, std::sync::atomic::Ordering::Relaxed);
        let mixed = (state ^ state >> 31).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        *byte = mixed.to_be_bytes()[0];
    }
}

fn options() -> Options {
    let now = "2024-03-05T06:07:08Z".parse().unwrap();
    Options { limits: Limits::default(), now, random }
}

fn render(text: &str) -> Result<String, String> {
    let mut templates = Templates::default();
    templates.add("test", text).map_err(|error| error.to_string())?;
    let data = Value::dict([("Values", from_yaml(DATA).unwrap())]);
    templates.run(options()).execute("test", data).map_err(|error| error.to_string())
}

fn check(rows: &[(&str, &str)]) {
    for (template, wanted) in rows {
        match render(template) {
            Ok(text) => assert_eq!(text, *wanted, "{template}"),
            Err(error) => panic!("{template}: {error}"),
        }
    }
}

fn fails(rows: &[(&str, &str)]) {
    for (template, wanted) in rows {
        match render(template) {
            Ok(text) => panic!("{template} gives {text:?}, but must fail"),
            Err(error) => assert!(error.contains(wanted), "{template}: {error}"),
        }
    }
}

#[test]
fn control_structures() {
    check(&[
        ("{{ range $k, $v := .Values.map }}{{ $k }};{{ end }}", "a;b;c;"),
        ("{{ range .Values.missing }}x{{ else }}none{{ end }}", "none"),
        (
            "{{ range until 5 }}{{ if eq . 1 }}{{ continue }}{{ end }}{{ if eq . 3 }}{{ break }}{{ end }}{{ . }}{{ end }}",
            "02",
        ),
        ("{{ range $i := 3 }}{{ $i }}{{ end }}", "012"),
        ("{{ with .Values.empty }}x{{ else with .Values.int }}{{ . }}{{ else }}y{{ end }}", "42"),
        ("{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ $x := 3 }}{{ end }}{{ $x }}", "2"),
        ("a {{- \" b \" -}} c", "a b c"),
        ("{{/* nothing */ -}} x", "x"),
        ("{{ define \"t\" }}<{{ . }}>{{ end }}{{ template \"t\" 1 }}{{ include \"t\" 2 | upper }}", "<1><2>"),
        ("{{ block \"b\" 5 }}[{{ . }}]{{ end }}", "[5]"),
        ("{{ or .Values.name .Values.missing.deep }}", "Demo App"),
        ("{{ toYaml .Values.list | len | }}", "15"),
    ]);
}

#[test]
fn missing_values() {
    check(&[
        ("[{{ .Values.missing }}]", "[]"),
        ("[{{ (.Values.missing).deep }}]", "[]"),
        ("{{ $x := .Values.missing }}[{{ $x.deep.deeper }}]", "[]"),
        ("{{ define \"t\" }}[{{ .deep }}]{{ end }}{{ include \"t\" nil }}", "[]"),
        ("{{ printf \"%v\" .Values.nothing }}", "<nil>"),
        ("{{ eq .Values.missing nil }}", "true"),
    ]);
    fails(&[
        ("{{ .Values.missing.deep }}", "nil pointer evaluating interface {}.deep"),
        ("{{ .Values.int.deep }}", "can't evaluate field deep in type"),
        ("{{ index .Values.list 9 }}", "index out of range: 9"),
    ]);
}

#[test]
fn formatting() {
    check(&[
        ("{{ .Values.int }} {{ .Values.million }} {{ .Values.float }} {{ 1000000 }}", "42 1e+06 3.75 1000000"),
        ("{{ .Values.map }}", "map[a:1 b:2 c:map[d:[1 2 map[e:f]]]]"),
        ("{{ printf \"%d|%5d|%-5d|%05d|%x\" 1 2 3 4 255 }}", "1|    2|3    |00004|ff"),
        ("{{ printf \"%s|%q|%v|%t\" \"a\" \"b\\n\" 1.5 true }}", "a|\"b\\n\"|1.5|true"),
        ("{{ printf \"%.2f|%e|%g\" 1.005 1234.5 1e21 }}", "1.00|1.234500e+03|1e+21"),
        ("{{ printf \"%d\" .Values.int }}", "%!d(float64=42)"),
        ("{{ printf \"%s\" }}", "%!s(MISSING)"),
        ("{{ printf \"%s\" 1 2 }}", "%!s(int=1)%!(EXTRA int=2)"),
        ("{{ printf \"%[2]s %[1]s\" \"a\" \"b\" }}", "b a"),
        ("{{ print 1 2 \"a\" \"b\" 3 4.5 }}", "1 2ab3 4.5"),
        ("{{ html \"<a>\" }} {{ urlquery \"a b/é\" }} {{ js \"'x'\" }}", "&lt;a&gt; a+b%2F%C3%A9 \\'x\\'"),
    ]);
}

#[test]
fn comparisons() {
    check(&[
        (
            "{{ eq 1 2 1 }} {{ ne \"a\" \"b\" }} {{ lt 1 2 }} {{ ge 2.5 2.5 }} {{ gt \"b\" \"a\" }}",
            "true true true true true",
        ),
        ("{{ eq (int .Values.int) 42 }}", "true"),
    ]);
    fails(&[
        ("{{ eq .Values.int 42 }}", "incompatible types for comparison"),
        ("{{ lt .Values.list 1 }}", "invalid type for comparison"),
        ("{{ eq .Values.list .Values.list }}", "non-comparable type"),
    ]);
}

#[test]
fn texts() {
    check(&[
        ("{{ trunc -3 \"hello\" }} {{ trunc 3 \"hello\" }} {{ substr 1 3 \"hello\" }}", "llo hel el"),
        ("{{ trunc 3 .Values.unicode | len }}", "3"),
        ("{{ quote \"a\\\"b\" nil 1 }} {{ squote \"x\" }}", "\"a\\\"b\" \"1\" 'x'"),
        ("{{ indent 2 \"a\\nb\" }}|{{ nindent 1 \"a\" }}", "  a\n  b|\n a"),
        (
            "{{ title \"hello wOrld foo-bar\" }} {{ untitle \"Ab Cd\" }} {{ swapcase \"aB\" }}",
            "Hello WOrld Foo-Bar ab cd Ab",
        ),
        (
            "{{ snakecase \"HTTPServer2Go\" }} {{ kebabcase \"FirstName\" }} {{ camelcase \"foo-bar_baz\" }}",
            "http_server2_go first-name FooBarBaz",
        ),
        ("{{ abbrev 8 \"hello world\" }} {{ initials \"Ab Cd\" }} {{ plural \"one\" \"many\" 2 }}", "hello... AC many"),
        (
            "{{ splitList \",\" \"a,b\" }} {{ (split \",\" \"a,b\")._1 }} {{ join \"-\" (list 1 \"x\" nil) }}",
            "[a b] b 1-x",
        ),
        (
            "{{ trimAll \"$\" \"$5$\" }} {{ trimSuffix \"-\" \"a-\" }} {{ replace \"a\" \"b\" \"aa\" }} {{ cat \"a\" nil 1 }}",
            "5 a bb a 1",
        ),
        ("{{ wrapWith 5 \"|\" \"Hello World\" }} {{ nospace \"a b\" }} {{ repeat 2 \"ab\" }}", "Hello|World ab abab"),
    ]);
}

#[test]
fn numbers() {
    check(&[
        ("{{ int \"0x10\" }} {{ int \"012\" }} {{ int 3.99 }} {{ int true }} {{ float64 \"x\" }}", "16 10 3 1 0"),
        ("{{ add \"1\" 2.7 }} {{ div -7 2 }} {{ mod -7 3 }} {{ max 1 5 3 }} {{ mulf 1.1 1.1 }}", "3 -3 -1 5 1.21"),
        ("{{ round 2.5 0 }} {{ ceil 1.1 }} {{ floor -1.1 }} {{ round 3.14159 2 }}", "3 2 -2 3.14"),
        ("{{ until 3 }} {{ untilStep 5 0 -2 }} {{ seq -3 }} {{ seq 5 1 }}", "[0 1 2] [5 3 1] 1 0 -1 -2 -3 5 4 3 2 1"),
    ]);
    fails(&[("{{ div 1 0 }}", "divide by zero"), ("{{ until .Values.int }}", "expected int; got float64")]);
}

#[test]
fn lists() {
    check(&[
        (
            "{{ first .Values.list }}{{ last .Values.list }} {{ rest .Values.list }} {{ initial .Values.list }}",
            "ca [a b a] [c a b]",
        ),
        (
            "{{ uniq .Values.list }} {{ without .Values.list \"a\" }} {{ sortAlpha .Values.list }}",
            "[c a b] [c b] [a a b c]",
        ),
        (
            "{{ has 3.0 .Values.numbers }} {{ has 3 .Values.numbers }} {{ compact (list 1 \"\" nil 0 \"a\") }}",
            "true false [1 a]",
        ),
        (
            "{{ chunk 2 (list 1 2 3) }} {{ slice (list 1 2 3) 1 2 }} {{ concat (list 1) (list 2) }}",
            "[[1 2] [3]] [2] [1 2]",
        ),
        ("{{ reverse (list 1 2) }} {{ prepend (list 1) 0 }} {{ append (list 1) 2 }}", "[2 1] [0 1] [1 2]"),
    ]);
}

#[test]
fn maps() {
    check(&[
        ("{{ $d := dict \"a\" 1 }}{{ $e := $d }}{{ $_ := set $e \"b\" 2 }}{{ $d }}", "map[a:1 b:2]"),
        ("{{ $_ := set .Values \"new\" \"x\" }}{{ .Values.new }}", "x"),
        (
            "{{ merge (dict \"a\" false \"x\" (dict \"p\" 1)) (dict \"a\" true \"x\" (dict \"p\" 9 \"q\" 2)) }}",
            "map[a:true x:map[p:1 q:2]]",
        ),
        (
            "{{ mergeOverwrite (dict \"a\" true \"l\" (list 1 2)) (dict \"a\" false \"l\" (list 3)) }}",
            "map[a:false l:[3]]",
        ),
        (
            "{{ dig \"c\" \"d\" \"none\" .Values.map }} {{ dig \"x\" \"y\" \"none\" .Values.map }}",
            "[1 2 map[e:f]] none",
        ),
        (
            "{{ get .Values.map \"zzz\" }}{{ hasKey .Values.map \"a\" }} {{ pluck \"a\" (dict \"a\" 1) (dict \"b\" 2) }}",
            "true [1]",
        ),
        (
            "{{ omit .Values.map \"c\" }} {{ pick .Values.map \"a\" }} {{ keys .Values.map | sortAlpha }}",
            "map[a:1 b:2] map[a:1] [a b c]",
        ),
        ("{{ $d := dict \"x\" (dict) }}{{ $c := deepCopy $d }}{{ $_ := set $c.x \"y\" 1 }}{{ $d }}", "map[x:map[]]"),
    ]);
}

#[test]
fn defaults_and_types() {
    check(&[
        (
            "{{ default \"d\" 0 }} {{ default \"d\" 1 }} {{ coalesce nil \"\" 5 }} {{ ternary \"a\" \"b\" true }}",
            "d 1 5 a",
        ),
        (
            "{{ kindOf .Values.int }} {{ typeOf 1 }} {{ kindIs \"map\" .Values.map }} {{ kindOf nil }}",
            "float64 int true invalid",
        ),
        ("{{ typeOf .Values.list }} {{ deepEqual (dict \"a\" 1) (dict \"a\" 1.0) }}", "[]interface {} false"),
        ("{{ required \"wanted\" 0 }} {{ empty (list) }} {{ all 1 \"\" }} {{ any 0 1 }}", "0 true false true"),
    ]);
    fails(&[("{{ required \"wanted\" \"\" }}", "wanted"), ("{{ fail \"stop\" }}", "error calling fail: stop")]);
}

#[test]
fn encodings() {
    check(&[
        (
            "{{ toJson .Values.map }} {{ toRawJson \"<\" }} {{ toJson \"<\" }}",
            "{\"a\":1,\"b\":2,\"c\":{\"d\":[1,2,{\"e\":\"f\"}]}} \"<\" \"\\u003c\"",
        ),
        ("{{ toYaml .Values.map }}", "a: 1\nb: 2\nc:\n  d:\n  - 1\n  - 2\n  - e: f"),
        ("{{ toYamlPretty (dict \"a\" (list 1)) }}", "a:\n  - 1"),
        (
            "{{ toYaml (list \"true\" \"0644\" \"on\" \"- x\" \"1:30\" \"2024-05-06\" \"a: b\" \"\") }}",
            "- \"true\"\n- \"0644\"\n- \"on\"\n- '- x'\n- \"1:30\"\n- \"2024-05-06\"\n- 'a: b'\n- \"\"",
        ),
        ("{{ toYaml (dict \"a10\" 1 \"a9\" 2 \"b\" \"x\\ny\\n\") }}", "a9: 2\na10: 1\nb: |\n  x\n  y"),
        (
            "{{ (fromYaml \"a: {b: 1}\\na: {c: 2}\").a }} {{ (fromJson \"{\").Error }}",
            "map[c:2] unexpected end of JSON input",
        ),
        ("{{ toToml (dict \"a\" 1 \"b\" (dict \"c\" \"x\")) }}", "a = 1\n\n[b]\n  c = \"x\"\n"),
        (
            "{{ b64enc \"hé\" }} {{ b64dec \"aMOp\" }} {{ b32enc \"hello\" }} {{ b32dec \"NBSWY3DP\" }}",
            "aMOp hé NBSWY3DP hello",
        ),
        (
            "{{ sha256sum \"\" | trunc 8 }} {{ sha1sum \"\" | trunc 8 }} {{ adler32sum \"Hello world!\" }}",
            "e3b0c442 da39a3ee 487130206",
        ),
        ("{{ encryptAES \"secret\" \"text\" | decryptAES \"secret\" }}", "text"),
    ]);
    fails(&[("{{ mustFromJson \"{\" }}", "unexpected end of JSON input")]);
}

#[test]
fn expressions_and_versions() {
    check(&[
        (
            r#"{{ regexMatch `^\d+$` "12" }} {{ regexFind "[a-z]+" "12ab" }} {{ regexReplaceAll "a(x*)b" "axxb" "${1}W" }}"#,
            "true ab xxW",
        ),
        (
            r#"{{ regexFindAll "a" "aaa" 2 }} {{ regexSplit "z+" "pizza" -1 }} {{ regexQuoteMeta "1.2" }}"#,
            r"[a a] [pi a] 1\.2",
        ),
        (
            r#"{{ semverCompare ">=1.20-0" "1.34.0-gke.1" }} {{ semverCompare "^1.2.3" "1.9.0" }} {{ semverCompare "~1.2.3" "1.3.0" }}"#,
            "true true false",
        ),
        (
            r#"{{ semverCompare "1.2.x" "1.2.7" }} {{ semverCompare ">1.2 <2 || 3" "3.0.0" }} {{ semverCompare "1.0 - 2.0" "1.5" }}"#,
            "true true true",
        ),
        (r#"{{ (semver "v1.2.3-a+b").Prerelease }} {{ (semver "1.2").Patch }}"#, "a 0"),
    ]);
    fails(&[
        (r#"{{ semverCompare "x y" "1.0" }}"#, "improper constraint"),
        (r#"{{ mustRegexMatch "[" "x" }}"#, "error parsing regexp"),
    ]);
}

#[test]
fn dates_paths_and_urls() {
    check(&[
        ("{{ now | date \"2006-01-02T15:04:05Z07:00\" }} {{ now | unixEpoch }}", "2024-03-05T06:07:08Z 1709618828"),
        (
            "{{ dateModify \"-1h\" (toDate \"2006-01-02 15:04\" \"2024-01-01 00:30\") | date \"Mon Jan _2 3:04PM\" }}",
            "Sun Dec 31 11:30PM",
        ),
        (
            "{{ duration \"95\" }} {{ durationRound \"2h10m5s\" }} {{ htmlDateInZone 86400 \"UTC\" }}",
            "1m35s 2h 1970-01-02",
        ),
        (
            "{{ base \"/a/b.c\" }} {{ dir \"/a/b\" }} {{ clean \"/a/../b//c/.\" }} {{ ext \"x.tar.gz\" }}",
            "b.c /a /b/c .gz",
        ),
        (
            "{{ (urlParse \"https://u:p@h:8/a?b=1#f\").host }} {{ urlParse \"https://u:p@h:8/a?b=1#f\" | urlJoin }}",
            "h:8 https://u:p@h:8/a?b=1#f",
        ),
    ]);
}

#[test]
fn randomness_has_its_shape() {
    check(&[
        ("{{ randAlphaNum 16 | len }} {{ regexMatch \"^[0-9]{5}$\" (randNumeric 5) }} {{ randInt 5 6 }}", "16 true 5"),
        (
            "{{ regexMatch \"^[0-9a-f]{8}-[0-9a-f]{4}-4\" uuidv4 }} {{ htpasswd \"u\" \"p\" | hasPrefix \"u:$2a$10$\" }}",
            "true true",
        ),
        ("{{ derivePassword 1 \"long\" \"password\" \"user\" \"example.com\" }}", "ZedaFaxcZaso9*"),
    ]);
}

#[test]
fn certificates() {
    check(&[
        (
            "{{ $ca := genCA \"root\" 365 }}{{ $c := genSignedCert \"leaf\" (list \"10.0.0.1\") (list \"a.example\") 30 $ca }}{{ contains \"BEGIN CERTIFICATE\" $c.Cert }} {{ contains \"BEGIN RSA PRIVATE KEY\" $c.Key }}",
            "true true",
        ),
        (
            "{{ $ca := genCA \"root\" 1 }}{{ (buildCustomCert (b64enc $ca.Cert) (b64enc $ca.Key)).Cert | eq $ca.Cert }}",
            "true",
        ),
        (
            "{{ contains \"EC PRIVATE\" (genPrivateKey \"ecdsa\") }} {{ contains \"PRIVATE\" (genPrivateKey \"ed25519\") }}",
            "true true",
        ),
    ]);
    fails(&[("{{ genSelfSignedCert \"cn\" (list \"x\") nil 1 }}", "error parsing ip")]);
}

#[test]
fn what_cannot_be_parsed() {
    fails(&[
        ("{{ if true }}", "unexpected EOF"),
        ("{{ end }}", "unexpected {{end}}"),
        ("{{ if true }}{{ else }}{{ else }}{{ end }}", "expected end; found {{else}}"),
        ("{{ .Values.a-b }}", "bad character U+002D '-'"),
        ("{{ env \"HOME\" }}", "function \"env\" not defined"),
        ("{{ $x }}", "undefined variable \"$x\""),
        ("{{ break }}", "{{break}} outside {{range}}"),
        ("{{ trunc 5 }}", "wrong number of args for trunc: want 2 got 1"),
        ("\n{{ \"a }}", "template: test:2: unterminated quoted string"),
    ]);
}
