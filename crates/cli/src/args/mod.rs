//! What can be given on the command line. Structs only: [`crate::settings`] checks and resolves them.

mod render_helm;
mod render_kustomize;
mod scan;

pub(crate) use render_helm::RenderHelm;
pub(crate) use render_kustomize::{RenderKustomize, RenderOutput};
pub(crate) use scan::{Scan, ScanFlags, ScanKind, Workload};

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;

/// Kubernetes security: finds misconfigurations in manifests and says how to mend them
#[derive(Debug, Parser)]
#[command(name = "kubescape", disable_version_flag = true, max_term_width = 100, propagate_version = false)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Flags of every command.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// How much to log: debug, info, success, warning, error or fatal
    #[arg(short, long, global = true, env = "KS_LOGGER", default_value = "info", value_name = "LEVEL")]
    pub(crate) logger: String,
    /// How to log: icon, pretty, zap (JSON lines), slog (JSON lines) or none; all on standard error
    #[arg(long, global = true, env = "KS_LOGGER_NAME", value_name = "NAME", hide = true)]
    pub(crate) logger_name: Option<String>,
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(crate) color: Color,
    /// Where configuration and caches live
    #[arg(long, global = true, env = "KS_CACHE_DIR", value_name = "DIR", hide = true)]
    pub(crate) cache_dir: Option<PathBuf>,
    /// Backend to discover services at
    #[arg(long, global = true, value_name = "URL", hide = true)]
    pub(crate) server: Option<String>,
    /// Context of the kubeconfig
    #[arg(long, global = true, value_name = "NAME", hide = true)]
    pub(crate) kube_context: Option<String>,
    /// Ignored; kept so that old pipelines go on working
    #[arg(long, alias = "env", global = true, hide = true)]
    pub(crate) environment: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// When standard output is a terminal that shows them
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Scan manifest files
    Scan(Box<Scan>),
    /// List frameworks, controls or exceptions
    List(List),
    /// Show, run and test controls
    #[command(subcommand)]
    Control(Control),
    /// Render charts and kustomizations to manifests
    #[command(subcommand)]
    Render(Render),
    /// List the packages of an image archive or folder
    Sbom(Sbom),
    /// Print the version
    Version(Version),
    /// Print a completion script for a shell
    Completion(Completion),
}

#[derive(Debug, clap::Args)]
pub(crate) struct List {
    /// What to list: frameworks, controls or exceptions
    pub(crate) policy: String,
    /// How: pretty-print, json, yaml or csv
    #[arg(short, long, default_value = "pretty-print")]
    pub(crate) format: String,
    /// Exceptions file to list
    #[arg(long, value_name = "FILE")]
    pub(crate) exceptions: Option<PathBuf>,
    /// Backend account; without effect
    #[arg(long, hide = true)]
    pub(crate) account: Option<String>,
    /// Backend key; without effect
    #[arg(long, hide = true)]
    pub(crate) access_key: Option<String>,
    /// Always ids; without effect
    #[arg(long, hide = true)]
    pub(crate) id: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Control {
    /// Show what a control finds, why, and how to mend it
    Show(Show),
    /// Run one control or rule on given objects, whatever its scope
    Eval(Eval),
    /// Run the case files of controls
    Test(Test),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Render {
    /// Render a Helm chart, as `helm template` does
    Helm(Box<RenderHelm>),
    /// Build a kustomization, as `kustomize build` does
    Kustomize(RenderKustomize),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Show {
    /// Ids of controls, such as C-0057
    #[arg(required = true)]
    pub(crate) ids: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Eval {
    /// A control's id or a rule's name
    #[arg(required_unless_present = "cases")]
    pub(crate) name: Option<String>,
    /// Manifest files (`-`: standard input)
    #[arg(required_unless_present = "cases")]
    pub(crate) files: Vec<String>,
    /// Read cases as JSON lines from this file (`-`: standard input) and answer a line each
    #[arg(long, value_name = "FILE", conflicts_with_all = ["name", "files"])]
    pub(crate) cases: Option<PathBuf>,
    /// Control inputs that replace the defaults key by key
    #[arg(long, value_name = "FILE")]
    pub(crate) controls_config: Option<PathBuf>,
    /// Cloud provider that the rule is told: eks, gke, aks
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) cloud_provider: String,
    /// Improved verdicts where they differ from the original's
    #[arg(long)]
    pub(crate) strict: bool,
    /// How to print: text or json
    #[arg(short, long, default_value = "text")]
    pub(crate) format: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Test {
    /// Folders of controls, folders above them, or case files
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Sbom {
    /// What to look at: docker-archive:FILE, oci-archive:FILE, oci-dir:FOLDER, dir:FOLDER or file:FILE
    #[arg(value_name = "REFERENCE")]
    pub(crate) reference: String,
    /// How to write: syft-json
    #[arg(short, long, default_value = "syft-json")]
    pub(crate) format: String,
    /// File to write to, standard output otherwise
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Platform to take out of an image for several, such as linux/arm64
    #[arg(long, value_name = "PLATFORM")]
    pub(crate) platform: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Version {
    /// How to print: text or json
    #[arg(short, long, default_value = "text")]
    pub(crate) format: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Completion {
    /// The shell
    pub(crate) shell: Shell,
}
