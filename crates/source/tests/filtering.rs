//! Namespaces, kinds and labels.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

use ks_object::{Object, Tree};
use ks_source::{Filter, FilterError, Selector, SelectorError};

fn object(kind: &str, namespace: Option<&str>, name: &str) -> Tree {
    let namespace = namespace.map(|namespace| format!("  namespace: {namespace}\n")).unwrap_or_default();
    ks_yaml::parse(&format!("apiVersion: v1\nkind: {kind}\nmetadata:\n  name: {name}\n{namespace}")).unwrap()
}

#[track_caller]
fn check(filter: &Filter, tree: &Tree, admitted: bool) {
    assert_eq!(filter.admits(&Object::new(tree.root().unwrap(), 0)), admitted);
}

#[test]
fn namespaces() {
    let (a, b, none) = (object("Pod", Some("a"), "x"), object("Pod", Some("b"), "x"), object("Pod", None, "x"));
    let (space_a, space_b) = (object("Namespace", None, "a"), object("Namespace", None, "b"));
    let include = Filter::parse(Some(" a , c,"), None, None, None, None).unwrap();
    let exclude = Filter::parse(None, Some("a"), None, None, None).unwrap();
    let both = Filter::parse(Some("a"), Some("a,b"), None, None, None).unwrap();
    let blank = Filter::parse(Some(" ,"), Some(""), None, None, None).unwrap();
    for (tree, in_include, in_exclude) in
        [(&a, true, false), (&b, false, true), (&none, false, true), (&space_a, true, false), (&space_b, false, true)]
    {
        check(&include, tree, in_include);
        check(&exclude, tree, in_exclude);
        check(&both, tree, in_include);
        check(&blank, tree, true);
        check(&Filter::default(), tree, true);
    }
}

#[test]
fn kinds() {
    let (pod, role) = (object("Pod", None, "x"), object("ClusterRole", None, "x"));
    let include = Filter::parse(None, None, Some("pod, DEPLOYMENT"), None, None).unwrap();
    let exclude = Filter::parse(None, None, None, Some("pOD"), None).unwrap();
    let both = Filter::parse(None, None, Some("Pod,ClusterRole"), Some("pod"), None).unwrap();
    for (tree, in_include, in_exclude) in [(&pod, true, false), (&role, false, true)] {
        check(&include, tree, in_include);
        check(&exclude, tree, in_exclude);
    }
    check(&both, &pod, false);
    check(&both, &role, true);
    for (include, exclude, flag) in [(Some(" , "), None, "--include-kinds"), (None, Some(","), "--exclude-kinds")] {
        let error = Filter::parse(None, None, include, exclude, None).unwrap_err();
        assert!(matches!(error, FilterError::NoKinds { .. }));
        let text = error.to_string();
        assert!(text.contains(flag) && text.contains("contains no valid kind names"), "{text}");
    }
}

#[test]
fn labels_do_not_select_files() {
    let filter = Filter::parse(None, None, None, None, Some("app=web")).unwrap();
    check(&filter, &object("Pod", None, "x"), true);
    assert_eq!(filter.labels().unwrap().to_string(), "app in (web)");
    let error = Filter::parse(None, None, None, None, Some("a b")).unwrap_err();
    assert!(error.to_string().starts_with("--label-selector: "), "{error}");
}

#[test]
fn selectors() {
    let tree = ks_yaml::parse("app: web\ntier: ''\nexample.org/env: prod\n").unwrap();
    for (text, selected) in [
        ("app=web", true),
        ("app==web", true),
        ("app = web", true),
        ("app!=web", false),
        ("app!=db", true),
        ("other!=db", true),
        ("other=db", false),
        ("tier=", true),
        ("other=", false),
        ("app", true),
        ("other", false),
        ("!other", true),
        ("! app", false),
        ("app in (db, web)", true),
        ("app in (db)", false),
        ("app notin (db,cache)", true),
        ("app notin (web)", false),
        ("other notin (web)", true),
        ("tier in ()", true),
        ("app in(web)", true),
        ("example.org/env=prod", true),
        ("app=web,example.org/env in (prod,test),!other", true),
        ("app=web,other", false),
    ] {
        let selector = Selector::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(selector.matches(tree.root()), selected, "{text}");
        let again = Selector::parse(&selector.to_string()).unwrap();
        assert_eq!(again, selector, "{text}");
    }
    assert!(Selector::parse("!a").unwrap().matches(None));
    for text in ["a b", "a in b", "a in (b", "a like (b)", "a in"] {
        assert!(matches!(Selector::parse(text), Err(SelectorError::Form(_))), "{text}");
    }
    for text in ["", "a,", ",a", "-a=b", "a_=b", "a/b/c", "UPPER/a", "a=b=c!", "é", "!", &"x".repeat(64)] {
        assert!(Selector::parse(text).is_err(), "{text}");
    }
    for text in ["a=-b", "a in (b c)", "a=b c", &format!("a={}", "x".repeat(64))] {
        assert!(matches!(Selector::parse(text), Err(SelectorError::Value(_))), "{text}");
    }
}
