//! `render helm CHART [flags] -o json`: what `kubescape render helm` does, without the rest of the command.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::exit, reason = "a command-line program")]

use ks_helm::{Limits, Release, Sources};
use std::path::PathBuf;

fn main() {
    let mut args = std::env::args().skip(1);
    let (mut sources, mut release, mut chart) = (Sources::default(), Release::default(), PathBuf::new());
    while let Some(arg) = args.next() {
        let (flag, mut inline) = match arg.split_once('=') {
            Some((flag, value)) if flag.starts_with("--") => (flag.to_owned(), Some(value.to_owned())),
            _ => (arg, None),
        };
        let mut value = || inline.take().or_else(|| args.next()).unwrap_or_default();
        match flag.as_str() {
            "render" | "helm" => {}
            "--include-crds" => release.include_crds = true,
            "--name" => release.name = value(),
            "--namespace" => release.namespace = value(),
            "--kube-version" => release.kube_version = value(),
            "--api-versions" | "-a" => release.api_versions.extend(value().split(',').map(str::to_owned)),
            "-f" | "--values" => sources.files.push(value().into()),
            "--set" => sources.set.push(value()),
            "--set-string" => sources.set_string.push(value()),
            "--set-json" => sources.set_json.push(value()),
            "--set-file" => sources.set_file.push(value()),
            "--set-literal" => sources.set_literal.push(value()),
            "-o" => drop(value()),
            other => chart = other.into(),
        }
    }
    let rendered = match ks_helm::render(&chart, &sources, &release, Limits::default()) {
        Ok(rendered) => rendered,
        Err(error) => {
            eprintln!("Error: {error}");
            std::process::exit(1);
        }
    };
    for manifest in rendered {
        let limits = ks_yaml::Limits { max_depth: 500, max_values: 5_000_000 };
        match ks_yaml::decode(&manifest.text, limits) {
            Ok(Some(tree)) => {
                let object = tree.root().map(ks_object::to_json);
                println!("{}", serde_json::json!({ "source": manifest.source, "object": object }));
            }
            Ok(None) => {}
            Err(problem) => {
                eprintln!("Error: {}: {problem}", manifest.source);
                std::process::exit(1);
            }
        }
    }
}
