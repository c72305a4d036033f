//! One module a command.

mod control_eval;
mod control_test;
mod list;
pub(crate) mod version;

use crate::args::{Args, Command, Control};
use anyhow::Result;

/// Runs a command.
pub(crate) fn run(args: &Args) -> Result<()> {
    match &args.command {
        Command::List(list) => list::run(list),
        Command::Control(Control::Eval(eval)) => control_eval::run(eval),
        Command::Control(Control::Test(test)) => control_test::run(test),
        Command::Version(version) => version::run(&version.format),
        _ => anyhow::bail!("not built in"),
    }
}
