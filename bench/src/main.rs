//! `make bench`: measures the ratios that the project promises, in one run.
//!
//! Every command runs in a child process of its own, so that its processor time and peak memory are its own.
#![allow(clippy::print_stdout, reason = "a command-line tool")]

mod corpus;
mod measure;

use anyhow::{Context, Result, bail};
use measure::{Usage, median, run};
use std::path::Path;

/// How often a command runs; the median counts.
const RUNS: usize = 5;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["measured", program, ..] => measure::child(program, &args[2..]),
        ["parse", folder, threads] => parse(folder, threads.parse()?),
        ["corpus", folder, count] => corpus::write(Path::new(folder), count.parse()?, 1),
        ["bundles", folder, count] => corpus::write_bundles(Path::new(folder), count.parse()?),
        [binary] => bench(&std::path::absolute(binary)?),
        _ => bail!("usage: ks-bench BINARY"),
    }
}

/// Reads and parses every file and drops what it read: what a scan is compared with.
fn parse(folder: &str, threads: usize) -> Result<()> {
    let options = ks_source::Options::default();
    let files = ks_source::find(&[folder.to_owned()], &options)?;
    let next = std::sync::atomic::AtomicUsize::new(0);
    let objects = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(file) = files.list.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                    ks_source::load(file, &options, &mut |loaded| {
                        if matches!(loaded, ks_source::Loaded::Object { .. }) {
                            objects.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                        }
                    });
                }
            });
        }
    });
    println!("{} objects", objects.into_inner());
    Ok(())
}

fn bench(binary: &Path) -> Result<()> {
    let own = std::env::current_exe().context("finding this program")?;
    let folder = tempfile::tempdir()?;
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    println!("kubescape bench: {} on {threads} threads, median of {RUNS} runs", binary.display());
    let size = std::fs::metadata(binary)?.len();
    println!("{:<44} {:>8.1} MiB (target 30 MB)", "binary size", megabytes(size));

    let many = folder.path().join("many");
    corpus::write(&many, 5_000, 1)?;
    whole_scan("5,000 manifests", &own, binary, &many, threads, folder.path())?;
    let shared = Path::new("../shared/corpus");
    if shared.is_dir() {
        whole_scan("shared corpus", &own, binary, shared, threads, folder.path())?;
    }

    let one = folder.path().join("one.yaml");
    std::fs::write(&one, corpus::manifest(7, 7))?;
    let usage = repeat(
        &own,
        &[s(binary), "scan", "framework", "nsa", s(&one), "-f", "json", "-o", "/dev/null.json", "-l", "error"]
            .map(str::to_owned)
            .map(|a| if a == "/dev/null.json" { s(&folder.path().join("one.json")).to_owned() } else { a }),
    )?;
    line("one manifest, NSA", &usage, "target 10 ms");
    let usage = repeat(&own, &[s(binary), "version"].map(str::to_owned))?;
    line("version", &usage, "target 5 ms");
    let usage = repeat(&own, &[s(binary), "list", "controls"].map(str::to_owned))?;
    line("list controls", &usage, "target 5 ms");

    let mut costs = Vec::new();
    for count in [12_500, 50_000] {
        let folder_of = folder.path().join(format!("objects-{count}"));
        corpus::write_bundles(&folder_of, count)?;
        let out = folder.path().join("large.json");
        let usage = run(
            &own,
            &[s(binary), "scan", "framework", "nsa", s(&folder_of), "-f", "json", "-o", s(&out), "-l", "error"]
                .map(str::to_owned),
        )?;
        let allowed = 64.0 + count as f64 / 1024.0;
        line(&format!("{count} objects, NSA, raw resources"), &usage, &format!("target {allowed:.0} MiB"));
        costs.push(usage.cpu / count as f64);
    }
    println!("{:<44} {:>8.2} (1 is linear)", "cost an object, 50,000 over 12,500", costs[1] / costs[0]);
    Ok(())
}

/// A scan with all controls beside only reading the same files.
fn whole_scan(name: &str, own: &Path, binary: &Path, corpus: &Path, threads: usize, folder: &Path) -> Result<()> {
    let parse = repeat(own, &[s(own), "parse", s(corpus), &threads.to_string()].map(str::to_owned))?;
    line(&format!("{name}: parse only"), &parse, "");
    let out = folder.join("scan.json");
    let command =
        [s(binary), "scan", "framework", "AllControls", s(corpus), "-f", "json", "-o", s(&out), "-l", "error"];
    let scan = repeat(own, &command.map(str::to_owned))?;
    line(&format!("{name}: AllControls, JSON"), &scan, "target 100 MiB");
    let report: serde_json::Value = serde_json::from_slice(&std::fs::read(&out)?)?;
    let resources = report["results"].as_array().map_or(0, Vec::len);
    println!("{:<44} {:>8.2} (target 1.5)", format!("{name}: scan over parse"), scan.wall / parse.wall);
    println!(
        "{:<44} {:>8.0} a second; report {:.1} MiB",
        format!("{name}: resources"),
        resources as f64 / scan.wall,
        megabytes(std::fs::metadata(&out)?.len())
    );
    Ok(())
}

fn repeat(own: &Path, command: &[String]) -> Result<Usage> {
    let runs = (0..RUNS).map(|_| run(own, command)).collect::<Result<Vec<_>>>()?;
    Ok(median(runs))
}

fn line(name: &str, usage: &Usage, target: &str) {
    let target = if target.is_empty() { String::new() } else { format!(" ({target})") };
    println!(
        "{name:<44} {:>8.1} ms wall {:>8.1} ms cpu {:>8.1} MiB{target}",
        usage.wall * 1e3,
        usage.cpu * 1e3,
        usage.peak_kib as f64 / 1024.0
    );
}

fn s(path: &(impl AsRef<Path> + ?Sized)) -> &str {
    path.as_ref().to_str().unwrap_or_default()
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
