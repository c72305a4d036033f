//! `kubescape render helm CHART`: what `helm template` makes of a chart.

use crate::args::{RenderHelm, RenderOutput};
use anyhow::{Context as _, Result};
use ks_helm::{Release, Sources};
use ks_yaml::Limits;
use std::io::{BufWriter, Write};

/// Prints the documents that a chart renders to.
pub(crate) fn run(args: &RenderHelm) -> Result<()> {
    let release = Release {
        name: args.name.clone(),
        namespace: args.namespace.clone(),
        kube_version: args.kube_version.clone(),
        api_versions: args.api_versions.clone(),
        include_crds: args.include_crds,
    };
    let sources = Sources {
        files: args.values.clone(),
        set_json: args.set_json.clone(),
        set: args.set.clone(),
        set_string: args.set_string.clone(),
        set_file: args.set_file.clone(),
        set_literal: args.set_literal.clone(),
    };
    let manifests = ks_helm::render(&args.chart, &sources, &release, ks_helm::Limits::default())?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut line = String::new();
    for manifest in manifests {
        if args.output == RenderOutput::Yaml {
            write!(out, "---\n# Source: {}\n{}", manifest.source, manifest.text)?;
            continue;
        }
        let tree = ks_yaml::decode(&manifest.text, Limits::default()).with_context(|| manifest.source.clone())?;
        let Some(root) = tree.as_ref().and_then(|tree| tree.root()) else { continue };
        line.clear();
        line.push_str("{\"source\":");
        ks_object::write_json_str(&manifest.source, &mut line);
        line.push_str(",\"object\":");
        ks_object::write_json(root, &mut line);
        writeln!(out, "{line}}}")?;
    }
    Ok(out.flush()?)
}
