//! One module a command.

mod control_eval;

use crate::args::{Args, Command, Control};
use anyhow::Result;

/// Runs a command.
pub(crate) fn run(args: Args) -> Result<()> {
    match args.command {
        Command::Control(Control::Eval(args)) => control_eval::run(&args),
        Command::Control(Control::Test(_)) => anyhow::bail!("not built in"),
    }
}
