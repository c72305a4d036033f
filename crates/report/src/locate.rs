//! From a path to a place in a file.

use ks_object::{Origin, Position, Tree};
use std::sync::Arc;

/// The document that an object came from, read once more when a report wants places.
#[derive(Debug, Clone)]
pub struct Located {
    /// The whole file.
    pub text: Arc<str>,
    /// The object.
    pub tree: Arc<Tree>,
    /// Whether positions are those of the file (and not of something rendered).
    pub exact: bool,
}

/// Finds the document that an object came from.
pub trait Locator: Send + Sync {
    /// The document of an object; `None` when it is gone or has no file.
    fn locate(&self, origin: &Origin) -> Option<Located>;
}

impl Located {
    /// Where a path stands: the place of its value, or of the deepest value on the way that exists. `None` when not
    /// even the path's first step exists.
    #[must_use]
    pub fn position(&self, path: &str) -> Option<Position> {
        let root = self.tree.root()?;
        let found = root.find(path);
        (found.whole || found.node.parent().is_some()).then(|| found.node.position())
    }
}
