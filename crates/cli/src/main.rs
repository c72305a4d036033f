//! The `kubescape` command. Parses, calls, prints; what it does stands in the libraries.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program")]

mod args;
mod commands;
mod gates;
mod log;
mod output;
mod settings;
mod style;

use clap::Parser;
use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = match args::Args::try_parse() {
        Ok(args) => args,
        // Usage errors exit with 1 like every other error: pipelines know no other code.
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { ExitCode::FAILURE } else { ExitCode::SUCCESS };
        }
    };
    match commands::run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads our output has heard enough: `| head` is no failure.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Whether or not anybody hears it, the exit code tells.
            let _ = writeln!(std::io::stderr(), "Error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}
