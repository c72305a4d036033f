//! Why a chart cannot be rendered.

use ks_gotemplate::{Error as TemplateError, ErrorKind};

/// Why a chart cannot be rendered: which file, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder cannot be read.
    #[error("{path}: {reason}")]
    Read {
        /// What was read.
        path: String,
        /// What the system says.
        reason: std::io::Error,
    },
    /// The chart is not as a chart must be.
    #[error("{path}: {problem}")]
    Chart {
        /// The file or folder.
        path: String,
        /// What is wrong and what to do.
        problem: String,
    },
    /// A flag that sets values cannot be understood.
    #[error("{flag}: {problem}")]
    Flag {
        /// The flag with its value.
        flag: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The values do not fit the schema of a chart.
    #[error("values don't meet the specifications of the schema(s) in the following chart(s):\n{0}")]
    Schema(String),
    /// The chart is for other versions of Kubernetes.
    #[error("chart requires kubeVersion: {wanted} which is incompatible with Kubernetes {given}")]
    KubeVersion {
        /// What the chart demands.
        wanted: String,
        /// The version that it is rendered for.
        given: String,
    },
    /// A template cannot be parsed or fails.
    #[error("{0}")]
    Template(#[from] TemplateError),
    /// What a template made is not YAML.
    #[error("YAML parse error on {path}: {problem}")]
    Manifest {
        /// The template.
        path: String,
        /// What is wrong and where.
        problem: String,
    },
    /// The thread that renders could not be started or ended badly.
    #[error("the chart could not be rendered: {0}")]
    Thread(String),
}

impl Error {
    pub(crate) fn chart(path: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Chart { path: path.into(), problem: problem.into() }
    }

    /// Whether it stopped at a limit on size or steps.
    #[must_use]
    pub const fn is_limit(&self) -> bool {
        matches!(self, Self::Template(TemplateError { kind: ErrorKind::Limit(_), .. }))
    }
}
