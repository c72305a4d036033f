//! Arguments of `kubescape render`.

use clap::{Subcommand, ValueEnum};
use std::path::PathBuf;

/// What is rendered.
#[derive(Debug, Subcommand)]
pub(crate) enum Render {
    /// Render a Helm chart, as `helm template` does
    Helm(Box<RenderHelm>),
    /// Build a Kustomize folder, as `kustomize build` does
    Kustomize(RenderKustomize),
}

#[derive(Debug, clap::Args)]
pub(crate) struct RenderHelm {
    /// The chart: a folder or a .tgz archive
    pub(crate) chart: PathBuf,
    /// Name of the release
    #[arg(long, default_value = "release-name")]
    pub(crate) name: String,
    /// Namespace of the release
    #[arg(short, long, default_value = "default")]
    pub(crate) namespace: String,
    /// Version of Kubernetes to render for
    #[arg(long, value_name = "VERSION", default_value = "1.34.0")]
    pub(crate) kube_version: String,
    /// API versions that the cluster has besides the built-in ones
    #[arg(short, long, value_name = "VERSIONS", value_delimiter = ',')]
    pub(crate) api_versions: Vec<String>,
    /// Output definitions from the folder crds, too
    #[arg(long)]
    pub(crate) include_crds: bool,
    /// Files of values; later ones win
    #[arg(short = 'f', long, value_name = "FILE")]
    pub(crate) values: Vec<PathBuf>,
    /// Set values: key=value,…
    #[arg(long, value_name = "VALUES")]
    pub(crate) set: Vec<String>,
    /// Set texts: key=text,…
    #[arg(long, value_name = "VALUES")]
    pub(crate) set_string: Vec<String>,
    /// Set JSON: key=json,… or a whole object
    #[arg(long, value_name = "VALUES")]
    pub(crate) set_json: Vec<String>,
    /// Set contents of files: key=path,…
    #[arg(long, value_name = "VALUES")]
    pub(crate) set_file: Vec<String>,
    /// Set one literal text: key=text
    #[arg(long, value_name = "VALUE")]
    pub(crate) set_literal: Vec<String>,
    /// Output as YAML, or as JSON: a line with source and object for each document
    #[arg(short, long, value_enum, default_value_t = RenderOutput::Yaml)]
    pub(crate) output: RenderOutput,
}

#[derive(Debug, clap::Args)]
pub(crate) struct RenderKustomize {
    /// The folder with the kustomization
    pub(crate) path: PathBuf,
    /// Output as JSON: a line with source and object for each document
    #[arg(short, long, value_enum, default_value_t = RenderOutput::Json)]
    pub(crate) output: RenderOutput,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RenderOutput {
    /// YAML documents
    Yaml,
    /// JSON lines
    Json,
}
