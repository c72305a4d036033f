//! Places in files, found by reading a file once more.

use ks_object::Origin;
use ks_report::{Located, Locator};
use ks_source::Options;
use std::sync::{Arc, Mutex, PoisonError};

/// Reads files again when a report wants places in them.
#[derive(Debug)]
pub struct FileLocator {
    options: Options,
    last: Mutex<Option<(Origin, Option<Located>)>>,
}

impl FileLocator {
    /// A locator that reads as the scan did.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self { options, last: Mutex::default() }
    }
}

impl Locator for FileLocator {
    fn locate(&self, origin: &Origin) -> Option<Located> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, located)) = &*last
            && known == origin
        {
            return located.clone();
        }
        let located = ks_source::locate(origin, &self.options).map(|(text, tree)| Located {
            text,
            tree: Arc::new(tree),
            exact: true,
        });
        *last = Some((origin.clone(), located.clone()));
        located
    }
}
