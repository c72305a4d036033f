//! What writers are given.

use crate::Locator;
use jiff::Timestamp;
use ks_policy::Outcome;
use std::path::PathBuf;

/// What was scanned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Nothing but manifests of one file.
    File {
        /// Its absolute path.
        path: PathBuf,
    },
    /// A directory.
    Directory {
        /// Its absolute path.
        path: PathBuf,
    },
}

/// Which view the terminal report takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Tables by category, with what to do next.
    Security,
    /// A summary, with a table for each resource when verbose.
    Resource,
    /// A summary, with a section for each control.
    Control,
}

/// How the scan was asked for; facts that reports repeat.
#[derive(Debug, Clone)]
pub struct ScanInfo {
    /// When the report was made.
    pub time: Timestamp,
    /// The scan's UUID.
    pub guid: String,
    /// The first target.
    pub target: Target,
    /// The targets as given on the command line.
    pub inputs: Vec<String>,
    /// `Framework` or `Control`.
    pub policy_kind: &'static str,
    /// Names of the frameworks or controls that were asked for.
    pub policies: Vec<String>,
    /// Whether this is `scan workload`: kind, namespace, name.
    pub workload: Option<(String, String, String)>,
    /// The formats that were asked for.
    pub formats: Vec<&'static str>,
    /// The name given with `--cluster-name`, or of the context.
    pub cluster: String,
    /// This host's name.
    pub host: String,
    /// The program's version.
    pub version: &'static str,
    /// `--exclude-namespaces`
    pub excluded_namespaces: Vec<String>,
    /// `--include-namespaces`
    pub included_namespaces: Vec<String>,
    /// `--compliance-threshold`
    pub compliance_threshold: f32,
    /// `--fail-threshold`
    pub fail_threshold: f32,
    /// `--controls-config`
    pub controls_inputs: String,
    /// `--verbose`
    pub verbose: bool,
    /// `--view`
    pub view: View,
    /// `--show-evidence`
    pub evidence: bool,
    /// `--show-secrets`
    pub secrets: bool,
    /// `--omit-raw-resources`
    pub omit_raw: bool,
    /// `--print-attack-tree`
    pub attack_tree: bool,
    /// Whether resources carry priorities.
    pub prioritized: bool,
    /// `--strict`: improved forms of reports.
    pub strict: bool,
}

/// Everything a writer may know.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    /// What was found.
    pub outcome: &'a Outcome,
    /// How it was asked for.
    pub scan: &'a ScanInfo,
    /// Finds places in files.
    pub locator: &'a dyn Locator,
}
