//! Trees that mean harm: they end in an error, soon, and read nothing that they may not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use ks_kustomize::{KustomizeError, Options, build};
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// The error of a build, which must come soon.
fn refused(folder: &Path, options: &Options<'_>) -> KustomizeError {
    let begin = Instant::now();
    let error = build(folder, options).expect_err("must be refused");
    assert!(begin.elapsed() < Duration::from_secs(20), "took {:?}: {error}", begin.elapsed());
    error
}

#[test]
fn files_outside_are_not_read() {
    for field in [
        "resources: [../secret.yaml]",
        "resources: [/etc/passwd]",
        "configMapGenerator: [{name: g, files: [../secret.yaml]}]",
        "configMapGenerator: [{name: g, files: [k=sub/../../secret.yaml]}]",
        "secretGenerator: [{name: g, envs: [../secret.yaml]}]",
        "patches: [{path: ../secret.yaml}]",
        "patchesStrategicMerge: [../secret.yaml]",
        "configurations: [../secret.yaml]",
        "crds: [../secret.yaml]",
        "openapi: {path: ../secret.yaml}",
        "transformers: [../secret.yaml]",
        "replacements: [{path: ../secret.yaml}]",
        "resources: [../does-not-exist.yaml]",
    ] {
        let top = TempDir::new().unwrap();
        write(top.path(), "secret.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: secret}\n");
        write(top.path(), "o/kustomization.yaml", field);
        std::fs::create_dir_all(top.path().join("o/sub")).unwrap();
        let error = refused(&top.path().join("o"), &Options::default());
        assert!(matches!(error, KustomizeError::Outside { .. }), "{field}: {error}");
    }
}

#[cfg(unix)]
#[test]
fn links_out_of_the_tree_are_not_followed() {
    let top = TempDir::new().unwrap();
    write(top.path(), "secret.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: secret}\n");
    write(top.path(), "o/kustomization.yaml", "resources: [link.yaml]");
    std::os::unix::fs::symlink(top.path().join("secret.yaml"), top.path().join("o/link.yaml")).unwrap();
    let error = refused(&top.path().join("o"), &Options::default());
    assert!(matches!(error, KustomizeError::Outside { .. }), "{error}");

    write(top.path(), "elsewhere.yaml", "namePrefix: p-");
    std::fs::create_dir_all(top.path().join("k")).unwrap();
    std::os::unix::fs::symlink(top.path().join("elsewhere.yaml"), top.path().join("k/kustomization.yaml")).unwrap();
    let error = refused(&top.path().join("k"), &Options::default());
    assert!(matches!(error, KustomizeError::Outside { .. }), "{error}");
}

#[cfg(unix)]
#[test]
fn bases_stay_inside_of_the_boundary() {
    let top = TempDir::new().unwrap();
    write(top.path(), "base/kustomization.yaml", "configMapGenerator: [{name: g}]");
    write(top.path(), "o/kustomization.yaml", "resources: [../base]");
    write(top.path(), "l/kustomization.yaml", "resources: [link]");
    std::os::unix::fs::symlink(top.path().join("base"), top.path().join("l/link")).unwrap();
    assert_eq!(build(&top.path().join("o"), &Options::default()).unwrap().len(), 1);
    for folder in ["o", "l"] {
        let folder = top.path().join(folder);
        let options = Options { boundary: Some(folder.clone()), ..Options::default() };
        let error = refused(&folder, &options);
        assert!(matches!(error, KustomizeError::Outside { .. }), "{error}");
    }
}

#[test]
fn cycles_end() {
    let top = TempDir::new().unwrap();
    write(top.path(), "self/kustomization.yaml", "resources: [.]");
    write(top.path(), "a/kustomization.yaml", "resources: [../b]");
    write(top.path(), "b/kustomization.yaml", "components: [../c]");
    write(top.path(), "c/kustomization.yaml", "kind: Component\nresources: [../a]");
    write(top.path(), "up/down/kustomization.yaml", "resources: [../]");
    write(top.path(), "up/kustomization.yaml", "resources: [down]");
    for folder in ["self", "a", "up", "up/down"] {
        let error = refused(&top.path().join(folder), &Options::default());
        assert!(matches!(error, KustomizeError::Cycle { .. }), "{folder}: {error}");
    }
}

#[test]
fn repeated_bases_do_not_explode() {
    // Each layer includes the one below twice: 2^24 bases.
    let top = TempDir::new().unwrap();
    write(top.path(), "l0/kustomization.yaml", "configMapGenerator: [{name: g, literals: [a=b]}]");
    for layer in 1..=24 {
        let below = layer - 1;
        write(top.path(), &format!("l{layer}/kustomization.yaml"), &format!("resources: [../x{below}, ../y{below}]"));
        write(
            top.path(),
            &format!("x{below}/kustomization.yaml"),
            &format!("namePrefix: x-\nresources: [../l{below}]"),
        );
        write(
            top.path(),
            &format!("y{below}/kustomization.yaml"),
            &format!("namePrefix: y-\nresources: [../l{below}]"),
        );
    }
    let error = refused(&top.path().join("l24"), &Options::default());
    assert!(matches!(error, KustomizeError::TooLarge { .. }), "{error}");
}

#[test]
fn large_files_are_refused() {
    let top = TempDir::new().unwrap();
    write(top.path(), "kustomization.yaml", "configMapGenerator: [{name: g, files: [big.txt]}]");
    std::fs::File::create(top.path().join("big.txt")).unwrap().set_len(1 << 40).unwrap();
    let error = refused(top.path(), &Options::default());
    assert!(matches!(error, KustomizeError::TooLarge { .. }), "{error}");
}

#[test]
fn many_objects_are_refused() {
    let top = TempDir::new().unwrap();
    let mut text = String::new();
    for at in 0..200 {
        write!(text, "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: c{at}}}\n").unwrap();
    }
    write(top.path(), "kustomization.yaml", "resources: [c.yaml]");
    write(top.path(), "c.yaml", &text);
    let options = Options { max_objects: 100, ..Options::default() };
    assert!(matches!(refused(top.path(), &options), KustomizeError::TooLarge { .. }));
}

#[test]
fn deep_nesting_is_refused() {
    let deep = format!("a: {}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let config = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n";
    let path = "a/".repeat(100_000);
    for (kustomization, other) in [
        ("resources: [c.yaml]".to_owned(), format!("{config}{deep}\n")),
        (format!("resources: [c.yaml]\npatches: [{{target: {{}}, patch: '{deep}'}}]"), config.to_owned()),
        (
            format!("resources: [c.yaml]\nlabels: [{{pairs: {{x: y}}, fields: [{{path: {path}x, create: true}}]}}]"),
            config.to_owned(),
        ),
        (
            format!(
                "resources: [c.yaml]\nreplacements: [{{sourceValue: x, targets: [{{select: {{}}, fieldPaths: [{}x], options: {{create: true}}}}]}}]",
                "a.".repeat(100_000)
            ),
            config.to_owned(),
        ),
        (deep.clone(), config.to_owned()),
    ] {
        let top = TempDir::new().unwrap();
        write(top.path(), "kustomization.yaml", &kustomization);
        write(top.path(), "c.yaml", &other);
        refused(top.path(), &Options::default());
    }
}

#[test]
fn copies_do_not_explode() {
    let config = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\nx: {a: [1]}\n";
    // Each operation doubles what is below /x.
    let wide: String = (0..64).map(|at| format!("- {{op: copy, from: /x, path: /x/n{at}}}\n    ")).collect();
    let deep: String = (0..64).map(|_| "- {op: copy, from: '', path: /x/a/-}\n    ".to_owned()).collect();
    let spread: String = (0..64)
        .map(|at| {
            format!(
                "- {{source: {{kind: ConfigMap, fieldPath: x}}, targets: [{{select: {{kind: ConfigMap}}, fieldPaths: [x.n{at}], options: {{create: true}}}}]}}\n"
            )
        })
        .collect();
    for kustomization in [
        format!("resources: [c.yaml]\npatches:\n- target: {{kind: ConfigMap}}\n  patch: |-\n    {wide}"),
        format!("resources: [c.yaml]\npatches:\n- target: {{kind: ConfigMap}}\n  patch: |-\n    {deep}"),
        format!("resources: [c.yaml]\nreplacements:\n{spread}"),
    ] {
        let top = TempDir::new().unwrap();
        write(top.path(), "kustomization.yaml", &kustomization);
        write(top.path(), "c.yaml", config);
        let error = refused(top.path(), &Options::default()).to_string();
        assert!(error.contains("copied") || error.contains("deep"), "{error}");
    }
}

#[test]
fn alias_bombs_are_refused() {
    let mut text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\na0: &a0 [x, x]\n".to_owned();
    for at in 1..40 {
        writeln!(text, "a{at}: &a{at} [*a{}, *a{}]", at - 1, at - 1).unwrap();
    }
    let top = TempDir::new().unwrap();
    write(top.path(), "kustomization.yaml", "resources: [c.yaml]");
    write(top.path(), "c.yaml", &text);
    let error = refused(top.path(), &Options::default());
    assert!(matches!(error, KustomizeError::Syntax { .. }), "{error}");
}
