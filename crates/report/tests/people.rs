//! The reports for people, from manifests through the engine to the bytes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

#[path = "people/scan.rs"]
mod scan;

use ks_report::{ColorLevel, ScanInfo, Style, View, html, markdown, pdf, pretty};
use scan::{info, report};

/// Compares with a committed file; `UPDATE_EXPECTED=1` rewrites it.
fn expect(name: &str, text: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected").join(name);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == text, "{name} differs; is now:\n{text}\nrun with UPDATE_EXPECTED=1 if that is right");
}

fn terminal(info: &ScanInfo, style: Style) -> String {
    String::from_utf8(report(info, |report, out| pretty::write(report, &style, out))).unwrap()
}

fn wide(columns: usize) -> Style {
    Style { width: Some(columns), ..Style::plain() }
}

#[test]
fn terminal_views() {
    let view = |view, verbose| ScanInfo { view, verbose, ..info() };
    expect("security.txt", &terminal(&view(View::Security, false), wide(120)));
    expect("resource_verbose.txt", &terminal(&view(View::Resource, true), wide(120)));
    expect("resource_40.txt", &terminal(&view(View::Resource, false), wide(40)));
    expect("control_ascii.txt", &terminal(&view(View::Control, false), Style { unicode: false, ..wide(80) }));
    let tree = ScanInfo { attack_tree: true, ..view(View::Resource, false) };
    let text = terminal(&tree, wide(100));
    expect("attack_tree.txt", &text[text.find("^^^").unwrap()..]);
}

#[test]
fn one_workload_has_a_status_for_each_control() {
    let workload = Some(("Deployment".to_owned(), "shop".to_owned(), "web".to_owned()));
    expect("workload.txt", &terminal(&ScanInfo { workload, ..info() }, wide(100)));
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for columns in [40, 60, 80, 100, 132, 200] {
        for view in [View::Security, View::Resource, View::Control] {
            let text = terminal(&ScanInfo { view, verbose: true, attack_tree: true, ..info() }, wide(columns));
            for line in text.lines() {
                assert!(unicode_width::UnicodeWidthStr::width(line) <= columns, "{columns}: {line}");
            }
        }
    }
}

#[test]
fn secrets_are_shown_only_when_asked_for() {
    let all = ScanInfo { view: View::Resource, verbose: true, evidence: true, ..info() };
    let reports = |info: &ScanInfo| {
        let page = String::from_utf8(report(info, html::write)).unwrap();
        [terminal(info, Style::plain()), terminal(&ScanInfo { view: View::Control, ..info.clone() }, wide(80)), page]
    };
    for text in reports(&all) {
        assert!(!text.contains("hunter2") && !text.contains("secret line"), "{text}");
    }
    let [resource, control, page] = reports(&ScanInfo { secrets: true, ..all });
    for text in [&resource, &control, &page] {
        assert!(text.contains("value: hunter2"), "{text}");
    }
    assert!(resource.contains("(current: hunter2)"), "{resource}");
}

#[test]
fn nothing_that_a_file_says_commands_the_terminal() {
    let style = Style { color: ColorLevel::Palette, ..wide(120) };
    let coloured = terminal(&ScanInfo { view: View::Resource, verbose: true, ..info() }, style);
    assert!(coloured.contains("\u{1b}[1;38;5;1mCritical\u{1b}[0m"), "severities have their colours");
    assert!(!coloured.contains("\u{1b}[31m|x"), "the name of the pod is no command");
    assert!(terminal(&info(), wide(120)).chars().all(|char| char == '\n' || !char.is_control()));
}

#[test]
fn markdown_report() {
    expect("report.md", &String::from_utf8(report(&info(), markdown::write)).unwrap());
}

#[test]
fn the_page_stands_alone_and_runs_nothing() {
    let page = String::from_utf8(report(&info(), html::write)).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    assert!(page.contains("<title>Kubescape Scan Report</title>"));
    assert!(!page.contains("<script") && !page.contains("onload"), "no scripts, whatever names say");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && page.contains("Escalation | allowed &lt;b&gt;"));
    let loads = ["src=", "@import", "url(", "<iframe", "<object", "<embed"];
    assert!(loads.iter().all(|load| !page.contains(load)), "nothing is loaded");
    // Every link inside the page has its target.
    for part in page.split("href=\"#").skip(1) {
        let target = part.split('"').next().unwrap();
        assert!(page.contains(&format!("id=\"{target}\"")), "{target}");
    }
    // Tags are closed in the order in which they were opened.
    let mut open: Vec<&str> = Vec::new();
    for part in page.split('<').skip(1).filter(|part| !part.starts_with('!')) {
        let tag = part.split(['>', ' ', '\n']).next().unwrap();
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{part}"),
            None if ["meta", "link", "path", "circle"].contains(&tag) && !part.contains("</") => {
                if ["path", "circle"].contains(&tag) && !part.split('>').next().unwrap().ends_with('/') {
                    open.push(tag);
                }
            }
            None => open.push(tag),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn the_page_says_what_fails_where_and_how_to_mend_it() {
    let page = String::from_utf8(report(&info(), html::write)).unwrap();
    for text in [
        "web.yaml:22",
        "spec.template.spec.containers[0].securityContext.privileged",
        "Because of <code>reasons</code>, see <a href=\"https://example.org/why\"",
        "broken.yaml:7 (document 2)",
        "Namespace shop",
        "Risk Score, %",
    ] {
        assert!(page.contains(text), "{text}");
    }
    let added = "<span class=\"l a\"><span class=\"n\"></span>+           allowPrivilegeEscalation: false</span>";
    assert!(page.contains(added), "{page}");
}

#[test]
fn equal_scans_give_equal_bytes() {
    assert!(report(&info(), html::write) == report(&info(), html::write));
    assert!(report(&info(), pdf::write) == report(&info(), pdf::write));
    assert!(report(&info(), markdown::write) == report(&info(), markdown::write));
}

#[test]
fn pages_on_paper() {
    let bytes = report(&info(), pdf::write);
    assert!(bytes.starts_with(b"%PDF-1.7") && bytes.ends_with(b"%%EOF"));
    let text = paper(&bytes);
    for line in ["Kubescape Scan Report", "Report date: 2026-01-05 10:00:00", "Page 1 of ", "T-0001"] {
        assert!(text.contains(&format!("({line}")), "{line} in {text}");
    }
    assert!(text.contains("(spec.template.spec.containers[0].securityContext.)"), "long paths are broken");
    let pages = bytes.windows(11).filter(|part| part == b"/Type /Page").count() - 1;
    assert_eq!(text.matches(&format!("of {pages})")).count(), pages, "each page has its number");
}

/// The drawing commands of all pages.
fn paper(bytes: &[u8]) -> String {
    let find =
        |from: usize, what: &[u8]| bytes[from..].windows(what.len()).position(|part| part == what).map(|at| from + at);
    let mut text = String::new();
    let mut at = 0;
    while let Some(start) = find(at, b"stream\n") {
        let end = find(start, b"\nendstream").unwrap();
        let data = miniz_oxide::inflate::decompress_to_vec_zlib(&bytes[start + 7..end]).unwrap();
        // The fonts' encoding is near enough to Latin-1 for a test.
        text.extend(data.iter().map(|&byte| char::from(byte)));
        at = end + 10;
    }
    text
}
