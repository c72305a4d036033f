//! `kubescape sbom`

use crate::args::Sbom;
use anyhow::{Context, Result, bail};
use ks_sbom::{Options, Platform, Reference};
use std::io::Write;

pub(crate) fn run(args: &Sbom) -> Result<()> {
    if args.format != "syft-json" {
        bail!("invalid format {:?}; the format is syft-json", args.format);
    }
    let reference = Reference::parse(&args.reference)?;
    let platform = args.platform.as_deref().map(Platform::parse).transpose()?;
    let scanned = ks_sbom::scan(&reference, &Options { platform, ..Options::default() })?;
    for warning in &scanned.warnings {
        eprintln!("Warning: {} ({}): {}", warning.path, warning.cataloger, warning.message);
    }
    let mut document = Vec::new();
    ks_sbom::syft::write(&scanned.sbom, super::version::VERSION, &mut document)?;
    match &args.output {
        Some(path) => std::fs::write(path, &document).with_context(|| format!("cannot write {}", path.display())),
        None => Ok(std::io::stdout().write_all(&document)?),
    }
}
