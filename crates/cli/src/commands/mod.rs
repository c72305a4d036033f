//! One module a command.

mod control_eval;
mod control_show;
mod control_test;
mod list;
mod render_helm;
mod render_kustomize;
mod sbom;
mod scan;
pub(crate) mod version;

use crate::args::{Args, Command, Control, Render};
use anyhow::Result;
use clap::CommandFactory;
use std::io::Write;

/// Runs a command.
pub(crate) fn run(args: &Args) -> Result<()> {
    match &args.command {
        Command::Scan(scan) => scan::run(&args.global, scan),
        Command::List(list) => list::run(list),
        Command::Control(Control::Show(show)) => control_show::run(show, args.global.color),
        Command::Control(Control::Eval(eval)) => control_eval::run(eval),
        Command::Control(Control::Test(test)) => control_test::run(test),
        Command::Render(Render::Helm(render)) => render_helm::run(render),
        Command::Render(Render::Kustomize(render)) => render_kustomize::run(render),
        Command::Sbom(sbom) => sbom::run(sbom),
        Command::Version(version) => version::run(&version.format),
        Command::Completion(completion) => {
            // Written by us, because the generator panics where a pipe is closed.
            let mut script = Vec::new();
            clap_complete::generate(completion.shell, &mut Args::command(), "kubescape", &mut script);
            Ok(std::io::stdout().write_all(&script)?)
        }
    }
}
