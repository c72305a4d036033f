//! What can be given on the command line.

use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Kubernetes security: finds misconfigurations in manifests and says how to mend them
#[derive(Debug, Parser)]
#[command(name = "kubescape", disable_version_flag = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show, run and test controls
    #[command(subcommand)]
    Control(Control),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Control {
    /// Run one control or rule on given objects, whatever its scope
    Eval(Eval),
    /// Run the case files of controls
    Test(Test),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Eval {
    /// Read cases as JSON lines from this file (`-`: standard input) and answer a line each
    #[arg(long, value_name = "FILE")]
    pub(crate) cases: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Test {
    /// Folders of controls, or folders above them
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
}
