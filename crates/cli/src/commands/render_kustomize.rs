//! `kubescape render kustomize PATH`: what `kustomize build` makes of a folder.

use crate::args::{RenderKustomize, RenderOutput};
use anyhow::Result;
use serde_json::json;
use std::io::Write;

/// Prints the objects that a kustomization builds to.
pub(crate) fn run(args: &RenderKustomize) -> Result<()> {
    let objects = ks_kustomize::build(&args.path, &ks_kustomize::Options::default())?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (at, rendered) in objects.into_iter().enumerate() {
        match args.output {
            RenderOutput::Json => writeln!(out, "{}", json!({ "source": rendered.source, "object": rendered.object }))?,
            RenderOutput::Yaml => {
                if at > 0 {
                    writeln!(out, "---")?;
                }
                out.write_all(ks_report::yaml::text(&rendered.object)?.as_bytes())?;
            }
        }
    }
    Ok(out.flush()?)
}
