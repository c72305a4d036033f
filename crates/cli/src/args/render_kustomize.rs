//! `kubescape render kustomize`

use clap::ValueEnum;
use std::path::PathBuf;

/// What `render kustomize` is given.
#[derive(Debug, clap::Args)]
pub(crate) struct RenderKustomize {
    /// Folder with a kustomization file
    #[arg(default_value = ".")]
    pub(crate) path: PathBuf,
    /// How to print the objects: yaml (documents) or json (a line each, with the file they come from)
    #[arg(short, long, value_enum, default_value_t = RenderOutput::Yaml, value_name = "FORMAT")]
    pub(crate) output: RenderOutput,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RenderOutput {
    /// Documents of one YAML stream
    Yaml,
    /// A line of JSON each: `{"source": …, "object": …}`
    Json,
}
