//! Builds Kustomize trees in process: what `kustomize build` prints, as objects.
//!
//! Nothing is fetched and nothing is run: remote bases and plugins other than the built-in ones are refused. A
//! kustomization reads files in or below its own folder only, with symbolic links resolved; bases may lie anywhere,
//! unless [`Options::boundary`] says otherwise. Files, objects and included kustomizations are limited in number and
//! size.
//!
//! What is kept of the reference although it is odd is marked `quirk:` where it is done.

mod annotate;
mod build;
mod canonical;
mod chart;
mod config;
mod crds;
mod embedded;
mod error;
mod field;
mod generate;
mod gvk;
mod image;
mod json_patch;
mod kustomization;
mod labels;
mod loader;
mod location;
mod merge;
mod namespace;
mod origin;
mod patch;
mod plugin;
mod pod_paths;
mod read;
mod references;
mod rename;
mod replacement;
mod replicas;
mod resource;
mod resources;
mod schema;
mod selector;
mod size;
mod sort;
mod target;
mod types;
mod variables;

pub use build::{Options, Rendered, build};
pub use chart::{ChartRenderer, ChartRequest};
pub use error::KustomizeError;
