//! A chart in memory.

use ks_gotemplate::Map;
use std::rc::Rc;

/// A chart with everything that it brings.
#[derive(Debug, Clone)]
pub(crate) struct Chart {
    /// What its `Chart.yaml` says.
    pub(crate) metadata: Metadata,
    /// Its default values.
    pub(crate) values: Map,
    pub(crate) schema: Option<Rc<str>>,
    pub(crate) templates: Rc<[File]>,
    /// Files for `.Files`, CRDs among them.
    pub(crate) files: Rc<[File]>,
    /// Charts that it brings along, those switched off included until dependencies are processed.
    pub(crate) dependencies: Vec<Chart>,
    /// The names of the charts from the outermost to this one, as loaded: no aliases.
    pub(crate) loaded_from: String,
    /// Whether its `Chart.yaml` names any chart that it depends on.
    pub(crate) lists_dependencies: bool,
}

/// A file of a chart.
#[derive(Debug, Clone)]
pub(crate) struct File {
    /// Its path inside the chart, with slashes.
    pub(crate) name: Rc<str>,
    pub(crate) data: Rc<[u8]>,
}

impl File {
    pub(crate) fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.data)
    }
}

/// What a `Chart.yaml` says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Metadata {
    /// The chart's name; of one under an alias, the alias.
    pub(crate) name: String,
    /// Its version.
    pub(crate) version: String,
    /// Whether it has templates for others only.
    pub(crate) is_library: bool,
    pub(crate) kube_version: String,
    pub(crate) dependencies: Vec<Dependency>,
    /// Fields as JSON shows them, in Helm's order, without the name.
    pub(crate) fields: Map,
}

/// A chart that another wants.
#[derive(Debug, Clone)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) condition: String,
    pub(crate) tags: Vec<String>,
    pub(crate) alias: String,
    pub(crate) imports: Vec<Import>,
    pub(crate) enabled: bool,
}

/// Values that a chart takes from one that it depends on.
#[derive(Debug, Clone)]
pub(crate) struct Import {
    /// The path in the values of the other.
    pub(crate) child: String,
    /// The path in its own values; empty for the top.
    pub(crate) parent: String,
}

impl Chart {
    /// Says where this chart and all below it were loaded from.
    pub(crate) fn place(&mut self, path: String) {
        for dependency in &mut self.dependencies {
            dependency.place(format!("{path}/charts/{}", dependency.metadata.name));
        }
        self.loaded_from = path;
    }

    pub(crate) fn name(&self) -> &str {
        &self.metadata.name
    }
}
