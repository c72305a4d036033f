//! `buildMetadata`: what the output says of its making.

use crate::origin::Origin;
use crate::resources::Resources;

/// The version of the reference whose output this is.
const VERSION: &str = "kustomize-v5.8.2";

/// Which notes are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Notes {
    pub(crate) managed_by: bool,
    pub(crate) origins: bool,
    pub(crate) transformations: bool,
}

impl Notes {
    /// Of the names in `buildMetadata`.
    pub(crate) fn of(names: &[String]) -> Self {
        let has = |name: &str| names.iter().any(|given| given == name);
        Self {
            managed_by: has("managedByLabel"),
            origins: has("originAnnotations"),
            transformations: has("transformerAnnotations"),
        }
    }

    /// Adds them to all objects.
    pub(crate) fn write(self, resources: &mut Resources) {
        for resource in &mut resources.list {
            if self.origins {
                let text = resource.origin.text();
                resource.set_metadata_entry("annotations", "config.kubernetes.io/origin", &text);
            }
            if self.transformations && !resource.changed_by.is_empty() {
                let text = Origin::list(&resource.changed_by);
                resource.set_metadata_entry("annotations", "alpha.config.kubernetes.io/transformations", &text);
            }
            if self.managed_by {
                resource.set_metadata_entry("labels", "app.kubernetes.io/managed-by", VERSION);
            }
        }
    }
}
