//! Why a tree cannot be built.

use std::path::PathBuf;

/// Why a Kustomize tree cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum KustomizeError {
    /// A file or folder that is referred to does not exist.
    #[error("{path}: no such file or folder, named in {by}; create it or correct the entry")]
    NotFound {
        /// What was named.
        path: String,
        /// The kustomization that names it.
        by: String,
    },
    /// A file cannot be read.
    #[error("{path} cannot be read; check its permissions")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file is too large, or too many are read.
    #[error("{path}: {reason}")]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Which limit it passes.
        reason: String,
    },
    /// A file stands outside of what its kustomization may read.
    #[error("{path} is not in or below {root}; files must be: move it there, or make it a base of its own")]
    Outside {
        /// The file, symbolic links resolved.
        path: PathBuf,
        /// The folder that it must be in.
        root: PathBuf,
    },
    /// A base or file on another host.
    #[error(
        "{location} is on another host ({host}), named in {by}; nothing is fetched: add a local copy and name that"
    )]
    Remote {
        /// What was named.
        location: String,
        /// The host.
        host: String,
        /// The kustomization that names it.
        by: String,
    },
    /// A kustomization includes itself.
    #[error("cycle: {root} is or contains {includes}, which includes it; remove one of the references")]
    Cycle {
        /// The folder that is included once more.
        root: PathBuf,
        /// The folder on the way to it.
        includes: PathBuf,
    },
    /// A folder has no kustomization file.
    #[error("{folder} has no kustomization.yaml, kustomization.yml or Kustomization; add one or name another folder")]
    NoKustomization {
        /// The folder.
        folder: PathBuf,
    },
    /// A folder has more than one kustomization file.
    #[error("{folder} has {names}: a folder has one kustomization file; remove the others", names = names.join(" and "))]
    ManyKustomizations {
        /// The folder.
        folder: PathBuf,
        /// The files.
        names: Vec<String>,
    },
    /// A file is not valid YAML.
    #[error("{path}: {problem}")]
    Syntax {
        /// The file, or the file and field that hold the text.
        path: String,
        /// What is wrong and where.
        problem: ks_yaml::Problem,
    },
    /// A file does not hold what it must.
    #[error("{path}: {message}")]
    Content {
        /// The file, or the file and field that hold it.
        path: String,
        /// What is wrong.
        message: String,
    },
    /// A step of a kustomization fails.
    #[error("{path}: {step}: {message}")]
    Step {
        /// The kustomization file.
        path: PathBuf,
        /// Its field.
        step: String,
        /// What is wrong.
        message: String,
    },
    /// Charts are to be inflated, but this build cannot render them.
    #[error("{path}: chart {chart}: charts cannot be rendered here; render it to a file and list that as a resource")]
    NoChartRenderer {
        /// The kustomization file.
        path: PathBuf,
        /// The chart.
        chart: String,
    },
}

/// What is wrong inside of a step, in words; the caller adds file and step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault(pub(crate) String);

impl Fault {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl<S: Into<String>> From<S> for Fault {
    fn from(message: S) -> Self {
        Self(message.into())
    }
}
