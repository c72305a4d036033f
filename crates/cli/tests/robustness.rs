//! The real binary in bad surroundings: it says what is wrong, exits with a known code, and never panics.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]
#![allow(clippy::print_stderr, reason = "skipped tests say why")]

use std::fs::{self, File, Permissions};
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const BINARY: &str = env!("CARGO_BIN_EXE_kubescape");
const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: fine}\nspec: {containers: [{name: a, image: b}]}\n";

/// A folder of this test's own, gone when dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("kubescape-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        fs::write(path.join("pod.yaml"), POD).unwrap();
        Self(path)
    }

    fn scan(&self) -> Command {
        let mut command = Command::new(BINARY);
        command.args(["scan", "framework", "nsa", "-f", "json"]).arg(&self.0);
        command
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

fn error_text(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!text.contains("panicked"), "{text}");
    text
}

/// The report, after a scan that ended well.
fn report(output: &Output) -> serde_json::Value {
    assert_eq!(output.status.code(), Some(0), "{}", error_text(output));
    error_text(output);
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Says why a test does not run; fails where everything has to be there.
fn skip(reason: &str) {
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{reason}");
    eprintln!("skipped: {reason}");
}

fn is_root() -> bool {
    fs::metadata("/proc/self").unwrap().uid() == 0
}

#[test]
fn a_reader_that_has_read_enough_is_no_failure() {
    // Each writes more than the first line, and all of it, or a later part, meets a closed pipe.
    let commands: [&[&str]; 7] = [
        &["scan", "framework", "all", "{}", "-v"],
        &["scan", "framework", "all", "{}", "-f", "csv"],
        &["scan", "framework", "all", "{}", "-f", "sarif"],
        &["version"],
        &["list", "controls"],
        &["list", "controls", "-f", "json"],
        &["completion", "bash"],
    ];
    for args in commands {
        for lines in [0, 1] {
            let examples = examples();
            let args: Vec<&Path> =
                args.iter().map(|arg| if *arg == "{}" { examples.as_path() } else { Path::new(arg) }).collect();
            let mut child =
                Command::new(BINARY).args(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            let mut out = BufReader::with_capacity(64, child.stdout.take().unwrap());
            for _ in 0..lines {
                out.read_line(&mut String::new()).unwrap();
            }
            drop(out);
            let output = child.wait_with_output().unwrap();
            let text = error_text(&output);
            assert_eq!(output.status.code(), Some(0), "{args:?} after {lines} lines: {text}");
        }
    }
}

#[test]
fn nobody_listens_to_the_log() {
    let folder = Folder::new("log");
    fs::write(folder.0.join("bad.yaml"), "a: [\n").unwrap();
    let mut child = folder.scan().stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stderr.take());
    let mut text = String::new();
    child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
}

#[test]
fn closed_and_full_outputs() {
    let folder = Folder::new("outputs");
    let closed = Command::new("sh")
        .args(["-c", "exec \"$0\" scan framework nsa \"$1\" -f json >&-", BINARY])
        .arg(&folder.0)
        .output()
        .unwrap();
    assert_eq!(closed.status.code(), Some(0), "{}", error_text(&closed));
    let full = folder.scan().stdout(File::options().write(true).open("/dev/full").unwrap()).output().unwrap();
    assert_eq!(full.status.code(), Some(1), "a report that was lost is an error");
    assert!(error_text(&full).contains("No space left"), "{}", error_text(&full));
    let nowhere = folder.scan().args(["-o", "/proc/no/report.json"]).output().unwrap();
    assert_eq!(nowhere.status.code(), Some(1));
    assert!(error_text(&nowhere).contains("/proc/no"), "{}", error_text(&nowhere));
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let folder = Folder::new("unreadable");
    let secret = folder.0.join("secret.yaml");
    fs::write(&secret, POD).unwrap();
    fs::set_permissions(&secret, Permissions::from_mode(0o000)).unwrap();
    let mut command = folder.scan();
    if is_root() {
        // Root may read everything: nobody scans a copy of the binary in a place that nobody can reach.
        let copy = folder.0.join("kubescape");
        fs::copy(BINARY, &copy).unwrap();
        fs::set_permissions(&folder.0, Permissions::from_mode(0o755)).unwrap();
        command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&copy);
        command.args(["scan", "framework", "nsa", "-f", "json"]).arg(&folder.0);
    }
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => return skip(&format!("setpriv does not run: {error}")),
    };
    let report = report(&output);
    assert_eq!(report["results"].as_array().unwrap().len(), 1);
    let text = error_text(&output);
    assert!(text.contains("secret.yaml: not judged: it cannot be read; check its permissions"), "{text}");
}

#[test]
fn a_huge_file_is_not_read() {
    let folder = Folder::new("huge");
    File::create(folder.0.join("huge.yaml")).unwrap().set_len(1 << 30).unwrap();
    let begun = Instant::now();
    let output = folder.scan().output().unwrap();
    assert_eq!(report(&output)["results"].as_array().unwrap().len(), 1);
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    assert!(error_text(&output).contains("huge.yaml: not judged: it is larger than"), "{}", error_text(&output));
}

#[test]
fn no_home_and_no_environment() {
    let folder = Folder::new("home");
    let output = folder.scan().env_clear().current_dir("/").output().unwrap();
    assert_eq!(report(&output)["results"].as_array().unwrap().len(), 1);
}

#[test]
fn no_network() {
    if !is_root() {
        return skip("only root may take the network away");
    }
    let folder = Folder::new("network");
    let probe = Command::new("unshare").args(["-n", "true"]).output();
    if !probe.is_ok_and(|probe| probe.status.success()) {
        return skip("unshare -n does not work here");
    }
    let output = Command::new("unshare")
        .args(["-n", BINARY, "scan", "framework", "all", "-f", "json"])
        .arg(&folder.0)
        .output()
        .unwrap();
    assert_eq!(report(&output)["results"].as_array().unwrap().len(), 1);
}
