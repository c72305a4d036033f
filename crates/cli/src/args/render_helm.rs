//! `kubescape render helm`

use super::RenderOutput;
use std::path::PathBuf;

/// What `render helm` is given. The flags are those of `helm template`.
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
    /// How to print the documents: yaml, or json (a line each, with the template that they come from)
    #[arg(short, long, value_enum, default_value_t = RenderOutput::Yaml, value_name = "FORMAT")]
    pub(crate) output: RenderOutput,
}
