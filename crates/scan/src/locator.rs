//! Places in files, found by reading a file once more.

use ks_object::{File, Origin};
use ks_report::{Located, Locator};
use ks_source::{Opened, Options};
use std::sync::{Arc, Mutex, PoisonError};

/// Reads files again when a report wants places in them. Keeps the last one: reports ask file by file.
#[derive(Debug)]
pub struct FileLocator {
    options: Options,
    last: Mutex<Option<(Arc<File>, Option<Opened>)>>,
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
        if last.as_ref().is_none_or(|(file, _)| *file != origin.file) {
            *last = Some((origin.file.clone(), Opened::new(&origin.file, &self.options)));
        }
        let opened = last.as_mut()?.1.as_mut()?;
        let tree = opened.object(origin)?;
        Some(Located { text: opened.text().clone(), tree: Arc::new(tree), exact: true })
    }
}
