//! `kubescape render helm|kustomize`

use crate::args::{Render, RenderHelm, RenderKustomize, RenderOutput};
use anyhow::{Context as _, Result, bail};
use ks_helm::{Release, Sources};
use ks_yaml::Limits;
use std::io::{BufWriter, Write};

/// Prints what a chart or a folder makes.
pub(crate) fn run(render: &Render) -> Result<()> {
    match render {
        Render::Helm(args) => helm(args),
        Render::Kustomize(args) => kustomize(args),
    }
}

fn helm(args: &RenderHelm) -> Result<()> {
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

fn kustomize(args: &RenderKustomize) -> Result<()> {
    if args.output == RenderOutput::Yaml {
        bail!("Kustomize folders are output as JSON only; leave out `--output yaml`");
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    for rendered in ks_kustomize::build(&args.path, &ks_kustomize::Options::default())? {
        writeln!(out, "{}", serde_json::json!({ "source": rendered.source, "object": rendered.object }))?;
    }
    Ok(out.flush()?)
}
