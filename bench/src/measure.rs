//! Wall time, processor time and peak memory of a command.

use anyhow::{Context, Result, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// What a command used.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Usage {
    /// Seconds from start to end.
    pub(crate) wall: f64,
    /// Seconds of processor time, user and system.
    pub(crate) cpu: f64,
    /// Peak resident memory in KiB.
    pub(crate) peak_kib: i64,
}

/// Runs a command below a fresh process, whose only child it is.
pub(crate) fn run(own: &Path, command: &[String]) -> Result<Usage> {
    let output = Command::new(own).arg("measured").args(command).stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "{command:?} failed");
    let value: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let number = |key: &str| value[key].as_f64().context("no measurement");
    #[expect(clippy::cast_possible_truncation, reason = "kibibytes")]
    Ok(Usage { wall: number("wall")?, cpu: number("cpu")?, peak_kib: number("peak")? as i64 })
}

/// The fresh process: runs the command and prints what it used.
pub(crate) fn child(program: &str, args: &[String]) -> Result<()> {
    let start = Instant::now();
    let status = Command::new(program).args(args).stdout(Stdio::null()).status()?;
    let wall = start.elapsed().as_secs_f64();
    ensure!(status.success(), "{program} failed: {status}");
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let seconds = |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    let cpu = seconds(usage.user_time()) + seconds(usage.system_time());
    println!("{}", serde_json::json!({ "wall": wall, "cpu": cpu, "peak": usage.max_rss() }));
    Ok(())
}

/// The run with the median wall time.
pub(crate) fn median(mut runs: Vec<Usage>) -> Usage {
    runs.sort_by(|a, b| a.wall.total_cmp(&b.wall));
    runs[runs.len() / 2]
}
