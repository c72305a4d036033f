//! Which objects of a source count.

use crate::selector::{Selector, SelectorError};
use ks_object::Object;

/// The namespaces, kinds and labels that a scan is limited to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    include_namespaces: Vec<String>,
    exclude_namespaces: Vec<String>,
    include_kinds: Vec<String>,
    exclude_kinds: Vec<String>,
    labels: Option<Selector>,
}

/// Why a filter cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    /// A list of kinds was given but is empty.
    #[error("--{flag} contains no valid kind names; give kinds such as Deployment,Pod")]
    NoKinds {
        /// The flag's name.
        flag: &'static str,
    },
    /// The label selector is malformed.
    #[error("--label-selector: {0}")]
    Labels(#[from] SelectorError),
}

impl Filter {
    /// Reads the five flags: comma lists of namespaces and kinds, and a label selector as `kubectl -l` takes it.
    ///
    /// # Errors
    /// When a list of kinds is all blank or the selector malformed.
    pub fn parse(
        include_namespaces: Option<&str>,
        exclude_namespaces: Option<&str>,
        include_kinds: Option<&str>,
        exclude_kinds: Option<&str>,
        labels: Option<&str>,
    ) -> Result<Self, FilterError> {
        let names = |text: Option<&str>| -> Vec<String> {
            let names = text.into_iter().flat_map(|text| text.split(','));
            names.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
        };
        let kinds = |text: Option<&str>, flag| match (text, names(text)) {
            (Some(text), kinds) if kinds.is_empty() && !text.is_empty() => Err(FilterError::NoKinds { flag }),
            (_, kinds) => Ok(kinds),
        };
        Ok(Self {
            include_namespaces: names(include_namespaces),
            exclude_namespaces: names(exclude_namespaces),
            include_kinds: kinds(include_kinds, "include-kinds")?,
            exclude_kinds: kinds(exclude_kinds, "exclude-kinds")?,
            labels: labels.filter(|text| !text.trim().is_empty()).map(Selector::parse).transpose()?,
        })
    }

    /// Whether a local object counts, by namespace and kind. Labels do not matter for files: they select what a live
    /// cluster is asked for.
    ///
    /// Included namespaces win over excluded ones. A Namespace counts by its own name; an object without a namespace
    /// is in none, so it is dropped when namespaces are included and kept when they are excluded.
    #[must_use]
    pub fn admits(&self, object: &Object<'_>) -> bool {
        let is_one_of = |kinds: &[String]| kinds.iter().any(|kind| kind.eq_ignore_ascii_case(object.kind()));
        if !self.include_kinds.is_empty() && !is_one_of(&self.include_kinds) || is_one_of(&self.exclude_kinds) {
            return false;
        }
        let is_namespace = object.kind() == "Namespace" && object.group().is_empty();
        let namespace = if is_namespace { object.name() } else { object.namespace() }.unwrap_or_default();
        let is_in = |names: &[String]| names.iter().any(|name| name == namespace);
        if self.include_namespaces.is_empty() {
            !is_in(&self.exclude_namespaces)
        } else {
            is_in(&self.include_namespaces)
        }
    }

    /// The label selector, for a live cluster.
    #[must_use]
    pub const fn labels(&self) -> Option<&Selector> {
        self.labels.as_ref()
    }
}
