//! Renders Helm charts in process, as `helm template` does.
//!
//! No network, no cluster, no file outside the chart and those that flags name. Charts are untrusted: sizes, steps and
//! depths are limited, links and paths that lead out of the chart are refused.

mod api_versions;
mod chart;
mod dependencies;
mod error;
mod files;
mod ignore;
mod load;
mod manifest;
mod objects;
mod render;
mod schema;
mod set;
mod values;

pub use error::Error;
pub use ks_gotemplate::Limits;
pub use manifest::{Manifest, Role};

use ks_gotemplate::{Map, Options, STACK_SIZE, Value, from_yaml};
use set::Reading;
use std::path::{Path, PathBuf};

/// What a chart is rendered for.
#[derive(Debug, Clone)]
pub struct Release {
    /// The name of the release.
    pub name: String,
    /// The namespace that it goes to.
    pub namespace: String,
    /// The version of Kubernetes, such as `1.34.0`.
    pub kube_version: String,
    /// Groups and versions, with or without kind, that the cluster has besides the built-in ones.
    pub api_versions: Vec<String>,
    /// Whether definitions from the folders `crds` are output, too.
    pub include_crds: bool,
}

impl Default for Release {
    fn default() -> Self {
        Self {
            name: "release-name".to_owned(),
            namespace: "default".to_owned(),
            kube_version: "1.34.0".to_owned(),
            api_versions: Vec::new(),
            include_crds: false,
        }
    }
}

/// Where values come from, besides the chart. A later kind wins over an earlier one, in the order of the fields.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Files of values: `-f`.
    pub files: Vec<PathBuf>,
    /// `--set-json`
    pub set_json: Vec<String>,
    /// `--set`
    pub set: Vec<String>,
    /// `--set-string`
    pub set_string: Vec<String>,
    /// `--set-file`
    pub set_file: Vec<String>,
    /// `--set-literal`
    pub set_literal: Vec<String>,
}

/// Renders a chart, a folder or a `.tgz` archive.
///
/// # Errors
/// When the chart or the values cannot be read, when values do not fit the chart's schema, when a template fails, and
/// when a limit is reached.
pub fn render(chart: &Path, sources: &Sources, release: &Release, limits: Limits) -> Result<Vec<Manifest>, Error> {
    // Templates may nest deep. Values are not shared between threads, so everything happens on that one.
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("helm".to_owned()).stack_size(STACK_SIZE);
        let work = thread.spawn_scoped(scope, || {
            let given = given(sources)?;
            let chart = load::load(chart)?;
            render::render(chart, &given, release, Options { limits, now: jiff::Timestamp::now(), random })
        });
        let work = work.map_err(|error| Error::Thread(error.to_string()))?;
        work.join().unwrap_or_else(|_| Err(Error::Thread("a bug in the renderer; please report the chart".to_owned())))
    })
}

fn random(bytes: &mut [u8]) {
    // The system always has random bytes once it is up.
    let _ = getrandom::fill(bytes);
}

/// The values that flags give.
fn given(sources: &Sources) -> Result<Map, Error> {
    let values = Map::new();
    for path in &sources.files {
        let shown = path.display().to_string();
        let text = read(path).map_err(|reason| Error::Read { path: shown.clone(), reason })?;
        match from_yaml(&text) {
            Ok(Value::Map(map)) => values::overlay(&values, &map),
            Ok(Value::Nil) => {}
            Ok(_) => return Err(Error::chart(shown, "values must be a mapping")),
            Err(failure) => return Err(Error::chart(shown, failure.to_string())),
        }
    }
    let file = |path: &str| read(Path::new(path)).map_err(|reason| format!("{path}: {reason}"));
    let flags: [(&str, &[String], Reading<'_>); 5] = [
        ("--set-json", &sources.set_json, Reading::Json),
        ("--set", &sources.set, Reading::Typed),
        ("--set-string", &sources.set_string, Reading::Text),
        ("--set-file", &sources.set_file, Reading::File(&file)),
        ("--set-literal", &sources.set_literal, Reading::Literal),
    ];
    for (flag, given, reading) in flags {
        for one in given {
            set::set(one, reading, &values)
                .map_err(|problem| Error::Flag { flag: format!("{flag} {one}"), problem })?;
        }
    }
    Ok(values)
}

/// Longest file of values.
const MAX_VALUES: u64 = 64 << 20;

fn read(path: &Path) -> std::io::Result<String> {
    let size = std::fs::metadata(path)?.len();
    if size > MAX_VALUES {
        return Err(std::io::Error::new(std::io::ErrorKind::FileTooLarge, "the file is too large for values"));
    }
    Ok(String::from_utf8_lossy(&std::fs::read(path)?).into_owned())
}
